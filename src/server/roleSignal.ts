import { LRUCache } from 'lru-cache';
import { withDeadline } from '../core/request';
import { isSamePermissions, type UpsolvePermissions } from '../core/permissions';
import { canonicalJson, digest } from './digest';
import { rethrowSignal } from './faults';
import type { CapturedIdentity, TenantIdentity } from './identity';
import type { SealedRecords } from './sealedRecords';

/** Hears of a user's permissions when they differ from the last ones; `previous` is null where none are known. */
export type PermissionsListener<Identity> = (
  identity: Identity,
  permissions: UpsolvePermissions,
  previous: UpsolvePermissions | null,
) => unknown;

export interface RoleSignalOptions<Identity> {
  readonly records: SealedRecords;
  readonly now: () => number;
  readonly listener: PermissionsListener<Identity>;
  /** How long the listener may take. */
  readonly timeoutMs: number;
  readonly onFault: (thrown: unknown) => void;
}

/** How long a user who stays away is remembered. */
const MEMORY_MS = 90 * 24 * 60 * 60_000;
/** Of so many users this process knows which of two answers of `identify` is the newer one. */
const ORDERED_USERS = 10_000;

/** No better do processes agree on the time, by what a store takes to tell it. */
const AGREEMENT_MS = 100;

interface Remembered {
  readonly permissions: UpsolvePermissions;
  readonly sinceMs: number;
  /** When `identify` was asked for them. */
  readonly askedAtMs: number;
}

/** What is under way for one user: the newest that waits its turn, and the work that takes it. */
interface Turn<Identity extends TenantIdentity> {
  waiting: CapturedIdentity<Identity> | undefined;
  work: Promise<void>;
}

/**
 * Tells the app of each change once. What was told is kept in the store, so a restart repeats nothing; a listener that
 * fails is told again at the next request, and while the store is down nobody's change is known.
 *
 * A user's changes are told one at a time and end on the newest, which is the one that `identify` was asked for last:
 * what is older than the newest, or is overtaken while it waits, is not told any more.
 */
export function createRoleSignal<Identity extends TenantIdentity>(
  options: RoleSignalOptions<Identity>,
): (captured: CapturedIdentity<Identity>) => Promise<void> {
  const { records, now, listener, timeoutMs, onFault } = options;
  const newest = new LRUCache<string, number>({ max: ORDERED_USERS });
  const turns = new Map<string, Turn<Identity>>();

  async function compare(key: string, { identity, permissions, asked }: CapturedIdentity<Identity>): Promise<void> {
    let last: Remembered | undefined;
    try {
      last = (await records.find(key)) as Remembered | undefined;
    } catch (thrown) {
      // It has been reported, and nobody's change is known now.
      rethrowSignal(thrown);
      return;
    }
    const askedAtMs = now() - (performance.now() - asked.monotonicMs);
    // Another process was told of a newer one.
    if (last && last.askedAtMs > askedAtMs + AGREEMENT_MS) return;
    const isChanged = !last || !isSamePermissions(last.permissions, permissions);
    if (last && !isChanged && now() - last.sinceMs < MEMORY_MS / 2) return;
    if (isChanged) await tell(key, identity, permissions, last?.permissions ?? null);
    const remembered: Remembered = { permissions, sinceMs: now(), askedAtMs };
    await records.keep(key, remembered, now() + MEMORY_MS);
  }

  async function tell(key: string, ...told: Parameters<PermissionsListener<Identity>>): Promise<void> {
    let isLate = false;
    const answered = new Promise((resolve) => resolve(listener(...told)));
    // What it writes after its time may undo a newer change, so that one is told once more.
    const forget = async (): Promise<void> => (isLate ? records.drop(key) : undefined);
    answered.then(forget, forget).catch(() => undefined);
    try {
      await withDeadline(timeoutMs, new AbortController().signal, () => answered);
    } catch (thrown) {
      isLate = true;
      throw thrown;
    }
  }

  async function takeTurns(who: string, turn: Turn<Identity>): Promise<void> {
    try {
      const key = `permissions:${await digest(who)}`;
      for (let next = turn.waiting; next; next = turn.waiting) {
        turn.waiting = undefined;
        await compare(key, next).catch((thrown: unknown) => {
          rethrowSignal(thrown);
          onFault(thrown);
        });
      }
    } finally {
      turns.delete(who);
    }
  }

  return async (captured) => {
    const { tenantId, userId, asked } = captured;
    // A user of two tenants has a role in each.
    const who = canonicalJson([String(tenantId), userId === undefined ? null : String(userId)]);
    const turn = turns.get(who);
    if ((newest.get(who) ?? 0) > asked.serial) return turn?.work;
    newest.set(who, asked.serial);
    if (turn) {
      turn.waiting = captured;
      return turn.work;
    }
    const mine: Turn<Identity> = { waiting: captured, work: Promise.resolve() };
    turns.set(who, mine);
    mine.work = takeTurns(who, mine);
    return mine.work;
  };
}
