import { isSamePermissions, type UpsolvePermissions } from '../core/permissions';
import { withDeadline } from '../core/request';
import { canonicalJson, digest } from './digest';
import { rethrowSignal } from './faults';
import type { CapturedIdentity, TenantIdentity } from './identity';
import type { SealedRecords } from './sealedRecords';
import { createSingleFlight } from './tenantDesk';

/** Hears of a user's permissions when they differ from the last ones; `previous` is null where none are known. */
export type PermissionsListener<Identity> = (
  identity: Identity,
  permissions: UpsolvePermissions,
  previous: UpsolvePermissions | null,
) => unknown;

export interface RoleSignalOptions<Identity> {
  readonly records: SealedRecords;
  readonly now: () => number;
  readonly listener: PermissionsListener<Identity> | undefined;
  /** How long the listener may take. */
  readonly timeoutMs: number;
  readonly onFault: (thrown: unknown) => void;
}

/** How long a user who stays away is remembered. */
const MEMORY_MS = 90 * 24 * 60 * 60_000;

interface Remembered {
  readonly permissions: UpsolvePermissions;
  readonly sinceMs: number;
}

/**
 * Tells the app of each change once. What was told is kept in the store, so a restart repeats nothing; a listener that
 * fails is told again at the next request, and while the store is down nobody's change is known.
 */
export function createRoleSignal<Identity extends TenantIdentity>(
  options: RoleSignalOptions<Identity>,
): (captured: CapturedIdentity<Identity>) => Promise<void> {
  const { records, now, listener, timeoutMs, onFault } = options;
  const flight = createSingleFlight<void>();

  async function compare(key: string, identity: Identity, permissions: UpsolvePermissions): Promise<void> {
    const found = await records.find(key).then(
      (last) => ({ last: last as Remembered | undefined }),
      (thrown: unknown) => {
        rethrowSignal(thrown);
        return null;
      },
    );
    if (!found) return;
    const { last } = found;
    const isChanged = !last || !isSamePermissions(last.permissions, permissions);
    if (!isChanged && now() - last.sinceMs < MEMORY_MS / 2) return;
    if (isChanged) {
      await withDeadline(timeoutMs, new AbortController().signal, () =>
        Promise.resolve(listener?.(identity, permissions, last?.permissions ?? null)),
      );
    }
    await records.keep(key, { permissions, sinceMs: now() } satisfies Remembered, now() + MEMORY_MS);
  }

  return async ({ identity, permissions, tenantId, userId }) => {
    if (!listener) return;
    // A user of two tenants has a role in each.
    const who = [String(tenantId), userId === undefined ? null : String(userId)];
    const key = `permissions:${await digest(canonicalJson(who))}`;
    await flight(key + canonicalJson(permissions), () => compare(key, identity, permissions)).catch(
      (thrown: unknown) => {
        rethrowSignal(thrown);
        onFault(thrown);
      },
    );
  };
}
