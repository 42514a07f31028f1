import { type TenantSource, UpsolveTenantError, type UpsolveTenantContextValue } from 'react-upsolve-tenant';
import { createListeners } from '../core/events';
import { type FakePermissions, resolveFakePermissions } from './createFakeTenant';
import { type FakeTenantState, resolveFakeState } from './fakeState';

/** Calls that tell what the app asked of a fake provider. Nothing else comes of it: the state stands still. */
export interface FakeProviderSpies {
  /** `refresh()` was called. */
  onRefresh?: (() => void) | undefined;
  /** `retry()` was called, as the guard's button does. */
  onRetry?: (() => void) | undefined;
  /** `clear()` was called. */
  onClear?: (() => void) | undefined;
  /** `handoverNow()` was called. */
  onHandoverNow?: (() => void) | undefined;
}

type HandoverHub = UpsolveTenantContextValue['handoverHub'];

export interface FakeTenantSource {
  readonly source: TenantSource;
  /** Runs no timer: a guard that holds a newer token back does so until `handoverNow()`. */
  readonly handoverHub: HandoverHub;
  /** Holds another state from now on; one that says the same changes nothing. The spies given last are the ones told. */
  show(state: FakeTenantState, spies: FakeProviderSpies): void;
}

/** A tenant source that holds one state still until it is shown another one. */
export function createFakeTenantSource(first: FakeTenantState): FakeTenantSource {
  const listeners = createListeners();
  const guards = new Map<Parameters<HandoverHub['join']>[0], boolean>();
  let state = first;
  let spies: FakeProviderSpies = {};
  let heldSinceMs = Date.now();
  let snapshot = resolveFakeState(state, heldSinceMs);

  /** What a refresh comes to in a state that does not change. */
  async function refresh(): ReturnType<TenantSource['refresh']> {
    spies.onRefresh?.();
    await Promise.resolve();
    const { status, tenant, error } = snapshot.state;
    if (tenant && !error) return tenant;
    const message = `FakeUpsolveTenantProvider holds '${status}' still, so a refresh brings nothing.`;
    throw error ?? new UpsolveTenantError('aborted', { message });
  }

  return {
    source: {
      getSnapshot: () => snapshot,
      subscribe: listeners.subscribe,
      now: () => 0,
      // Time stands still as the state does.
      dateNow: () => heldSinceMs,
      refresh() {
        const refreshing = refresh();
        // As the provider's own: a caller may ignore what it returns.
        refreshing.catch(() => undefined);
        return refreshing;
      },
      retry: () => spies.onRetry?.(),
      clear: () => spies.onClear?.(),
    },
    handoverHub: {
      isPending: () => (state.status === 'ready' && state.isHandoverPending) ?? [...guards.values()].includes(true),
      subscribe: listeners.subscribe,
      handoverNow() {
        spies.onHandoverNow?.();
        for (const guard of [...guards.keys()]) guard.onHandover();
      },
      join(guard) {
        guards.set(guard, false);
        return {
          setPending(isPending) {
            if (!guards.has(guard) || guards.get(guard) === isPending) return;
            guards.set(guard, isPending);
            listeners.tell();
          },
          leave() {
            const wasPending = guards.get(guard) === true;
            guards.delete(guard);
            if (wasPending) listeners.tell();
          },
        };
      },
    },
    show(next, nextSpies) {
      spies = nextSpies;
      if (describeState(next) === describeState(state)) return;
      state = next;
      heldSinceMs = Date.now();
      snapshot = resolveFakeState(state, heldSinceMs);
      listeners.tell();
    },
  };
}

/** A state as text; its permissions count by what comes of them, for JSON shows neither NaN nor a BigInt. */
function describeState(state: FakeTenantState): string {
  return JSON.stringify(state, (name, value: unknown) =>
    name === 'permissions' ? resolveFakePermissions(value as FakePermissions | undefined) : value,
  );
}
