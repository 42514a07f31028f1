import { LRUCache } from 'lru-cache';
import { withDeadline } from '../core/request';
import { rethrowSignal } from './rethrowSignal';
import type { Sealer } from './createSealer';
import type { TenantStore } from './TenantStore';

/** Values kept in a store, encrypted, each bound to its key and its end. */
export interface SealedRecords {
  /**
   * The value, or undefined where there is none, it has ended, or none of the keys opens it.
   *
   * @throws where the store does not answer; it has been reported by then.
   */
  find(key: string): Promise<unknown>;
  /** As `find`, but a store that is down counts as what this process itself could not write. */
  findAnyhow(key: string): Promise<unknown>;
  /** Never rejects: what the store does not take is kept in this process, and the fault reported. */
  keep(key: string, value: unknown, endsAtMs: number): Promise<void>;
  /** Never rejects; the end that each record has will do otherwise. */
  drop(key: string): Promise<void>;
}

export interface SealedRecordsOptions {
  readonly store: TenantStore;
  readonly sealer: Sealer;
  readonly now: () => number;
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

/** Bounds what is kept here while a store is down. */
const UNSAVED_LIMIT = 1_000;

export function createSealedRecords({ store, sealer, now, onFault, timeoutMs }: SealedRecordsOptions): SealedRecords {
  const unsaved = new LRUCache<string, string>({ max: UNSAVED_LIMIT });

  async function ask<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(timeoutMs, new AbortController().signal, async () => run());
    } catch (thrown) {
      rethrowSignal(thrown);
      onFault(thrown);
      throw thrown;
    }
  }

  /** A record that was put under another key, by whoever can write to the store, is none. */
  async function open(sealed: unknown, key: string): Promise<Envelope | undefined> {
    const envelope = (await sealer.open(sealed)) as Envelope | undefined;
    const isOurs = envelope?.version === 1 && envelope.key === key && envelope.endsAtMs > now();
    return isOurs ? envelope : undefined;
  }

  async function newest(kept: unknown, key: string): Promise<unknown> {
    const [saved, ours] = await Promise.all([open(kept, key), open(unsaved.get(key), key)]);
    if (!saved || !ours) return (saved ?? ours)?.value;
    return (ours.keptAtMs > saved.keptAtMs ? ours : saved).value;
  }

  const find = async (key: string): Promise<unknown> => newest(await ask(() => store.get(key)), key);

  return {
    find,
    findAnyhow: (key) =>
      find(key).catch((thrown: unknown) => {
        rethrowSignal(thrown);
        return newest(undefined, key);
      }),
    async keep(key, value, endsAtMs) {
      const sealed = await sealer.seal({ version: 1, key, keptAtMs: now(), endsAtMs, value } satisfies Envelope);
      try {
        await ask(async () => {
          if ((await store.set(key, sealed, endsAtMs - now())) === false) throw new Error('The store took nothing.');
        });
        unsaved.delete(key);
      } catch (thrown) {
        rethrowSignal(thrown);
        unsaved.set(key, sealed);
      }
    },
    drop: async (key) => {
      unsaved.delete(key);
      await ask(() => store.delete(key)).catch(rethrowSignal);
    },
  };
}
