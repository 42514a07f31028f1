import { LRUCache } from 'lru-cache';
import { waitFor } from './deadline';
import { type Eventual, followUp, isPromiseLike } from './eventual';
import { rethrowSignal } from './faults';
import type { Sealer } from './sealer';
import type { SharedClock } from './sharedClock';
import { createFaultListeners } from './stores/faultListeners';
import type { TenantStore } from './stores/TenantStore';

/** Values kept in a store, encrypted, each bound to its key and its end. */
export interface SealedRecords {
  /**
   * The value, or undefined where there is none or it has ended. One that is there and can't be opened counts as none and
   * is reported.
   *
   * @throws where the store does not answer; it has been reported by then.
   */
  find(key: string): Eventual<unknown>;
  /** As `find`, but a store that is down counts as what this process itself could not write. */
  findAnyhow(key: string): Eventual<unknown>;
  /** What this process could not write, or is about to. */
  findUnsaved(key: string): unknown;
  /**
   * Never rejects. This process finds the value at once; what the store does not take stays here, is reported, and is
   * brought to the store once it answers again.
   */
  keep(key: string, value: unknown, endsAtMs: number): Promise<void>;
  /** Never rejects; the end that each record has will do otherwise. */
  drop(key: string): Promise<void>;
}

export interface SealedRecordsOptions {
  readonly store: TenantStore;
  readonly sealer: Sealer;
  readonly clock: SharedClock;
  readonly onFault: (thrown: unknown) => void;
  /** How long the store may take. */
  readonly timeoutMs: number;
}

interface Envelope {
  readonly version: 1;
  readonly key: string;
  readonly keptAtMs: number;
  readonly endsAtMs: number;
  readonly value: unknown;
}

/** What is on its way to the store, or did not get there. */
interface Unsaved {
  readonly envelope: Envelope;
  /** How far the clock had been moved by then. */
  readonly movedMs: number;
  hasFailed: boolean;
}

/** So many records are remembered as they were when they were opened: some 5 MB. */
const OPENED_LIMIT = 2_000;

/** Bounds what is kept here while a store is down: some 10 MB. */
const UNSAVED_LIMIT = 10_000;

export function createSealedRecords({ store, sealer, clock, onFault, timeoutMs }: SealedRecordsOptions): SealedRecords {
  const lost = createFaultListeners();
  lost.onFault(onFault);
  const unsaved = new LRUCache<string, Unsaved>({
    max: UNSAVED_LIMIT,
    dispose: (_entry, _key, reason) =>
      void (reason === 'evict' && lost.tell(() => new Error('More came while the store is down than is kept for it.'))),
  });
  // What is read again and again is decrypted once. Its key and its end are looked at each time.
  const opened = new LRUCache<string, Envelope>({ max: OPENED_LIMIT });
  let isHandingIn = false;

  /** What the store answers at once, as memory does, is there at once. */
  function ask<T>(run: () => Eventual<T>): Eventual<T> {
    function report(thrown: unknown): never {
      rethrowSignal(thrown);
      onFault(thrown);
      throw thrown;
    }
    try {
      // Until the store has told its time, an end that it holds means nothing here.
      const answer = clock.sync()?.then(run) ?? run();
      return isPromiseLike(answer) ? waitFor(() => answer, timeoutMs).catch(report) : answer;
    } catch (thrown) {
      return report(thrown);
    }
  }

  async function openOnce(sealed: string): Promise<Envelope | undefined> {
    const envelope = (await sealer.open(sealed)) as Envelope | undefined;
    if (envelope) opened.set(sealed, envelope);
    return envelope;
  }

  function open(sealed: unknown, key: string): Eventual<Envelope | undefined> {
    if (sealed === undefined || sealed === null) return undefined;
    const isText = typeof sealed === 'string';
    return followUp(isText ? (opened.get(sealed) ?? openOnce(sealed)) : undefined, (envelope) => {
      if (envelope?.version === 1 && envelope.key === key) return isLive(envelope) ? envelope : undefined;
      onFault(new Error(envelope ? MOVED : isText ? UNREADABLE : FOREIGN));
      return undefined;
    });
  }

  const isLive = ({ endsAtMs }: Envelope): boolean => endsAtMs > clock.now();

  function findUnsaved(key: string): Envelope | undefined {
    const entry = unsaved.get(key);
    if (!entry) return undefined;
    const byMs = clock.movedMs() - entry.movedMs;
    const { envelope } = entry;
    // Kept before the store had told its time: the end moves along. Other records hold instants of that former time.
    if (byMs !== 0 && !key.startsWith('token:')) return undefined;
    const moved = { ...envelope, keptAtMs: envelope.keptAtMs + byMs, endsAtMs: envelope.endsAtMs + byMs };
    return isLive(moved) ? moved : undefined;
  }

  function newest(kept: unknown, key: string): Eventual<Envelope | undefined> {
    return followUp(open(kept, key), (saved) => {
      const ours = findUnsaved(key);
      return ours && (!saved || ours.keptAtMs > saved.keptAtMs) ? ours : saved;
    });
  }

  async function write(envelope: Envelope): Promise<void> {
    await ask(async () => {
      const sealed = await sealer.seal(envelope);
      const ttlMs = Math.ceil(envelope.endsAtMs - clock.now());
      if (ttlMs < 1) return;
      if ((await store.set(envelope.key, sealed, ttlMs)) === false) throw new Error('The store took nothing.');
    });
  }

  /** Other processes must know what was handed out here while the store was down; what they wrote since stays. */
  async function handIn(): Promise<void> {
    for (const [key, entry] of [...unsaved.entries()]) {
      if (!entry.hasFailed) continue;
      const ours = findUnsaved(key);
      const saved = ours && (await open(await ask(() => store.get(key)), key));
      if (ours && !(saved && saved.keptAtMs >= ours.keptAtMs)) await write(ours);
      if (unsaved.peek(key) === entry) unsaved.delete(key);
    }
  }

  function handInSoon(): void {
    if (isHandingIn || !unsaved.size) return;
    isHandingIn = true;
    // What fails has been reported, and waits for the next time that the store answers.
    void handIn()
      .catch(() => undefined)
      .finally(() => (isHandingIn = false));
  }

  function find(key: string): Eventual<unknown> {
    const finding = followUp(
      ask(() => store.get(key)),
      (kept) => {
        handInSoon();
        return newest(kept, key);
      },
    );
    return followUp(finding, (envelope) => envelope?.value);
  }

  function findAnyhow(key: string): Eventual<unknown> {
    function fallBack(thrown: unknown): unknown {
      rethrowSignal(thrown);
      return findUnsaved(key)?.value;
    }
    try {
      const found = find(key);
      return isPromiseLike(found) ? found.catch(fallBack) : found;
    } catch (thrown) {
      return fallBack(thrown);
    }
  }

  return {
    find,
    findUnsaved: (key) => findUnsaved(key)?.value,
    findAnyhow,
    async keep(key, value, endsAtMs) {
      const envelope: Envelope = { version: 1, key, keptAtMs: clock.now(), endsAtMs, value };
      const entry: Unsaved = { envelope, movedMs: clock.movedMs(), hasFailed: false };
      unsaved.set(key, entry);
      try {
        await write(envelope);
        if (unsaved.peek(key) === entry) unsaved.delete(key);
      } catch (thrown) {
        rethrowSignal(thrown);
        entry.hasFailed = true;
      }
    },
    drop: async (key) => {
      unsaved.delete(key);
      try {
        await ask(() => store.delete(key));
      } catch (thrown) {
        rethrowSignal(thrown);
      }
    },
  };
}

const FOREIGN = 'The store holds something that is no record of this backend.';
const MOVED = 'The store holds a record under a key that it was not written for: somebody may have moved it.';
const UNREADABLE =
  'The store holds a record that none of encryptionKeys opens: its key may have been taken away too soon, or somebody may have changed it.';
