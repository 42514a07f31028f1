import {
  type RefreshOutcome,
  type TenantSnapshot,
  type TenantSource,
  UpsolveTenantError,
  type UpsolveTenantContextValue,
} from 'react-upsolve-tenant';
import { createListeners } from '../core/listeners';
import { resolveFakePermissions, type FakePermissions } from './fakePermissions';
import { type FakeTenantState, resolveFakeState } from './fakeState';

/** Calls that tell what the app asked of a fake provider. Nothing else comes of it: the state stands still. */
export interface FakeProviderSpies {
  /** `refresh()` was called. */
  onRefresh?: (() => void) | undefined;
  /** `retry()` was called, as the guard's button does. */
  onRetry?: (() => void) | undefined;
  /** `clear()` was called. */
  onClear?: (() => void) | undefined;
  /** `handOver()` was called. */
  onHandOver?: (() => void) | undefined;
}

export interface FakeTenantSource {
  readonly source: TenantSource;
  /** Runs no timer: a guard that holds a newer token back does so until `handOver()`. */
  readonly handoverHub: UpsolveTenantContextValue['handoverHub'];
  /** Holds another state from now on; one that says the same changes nothing. The spies given last are the ones told. */
  show(state: FakeTenantState, spies: FakeProviderSpies): void;
}

/** A tenant source that holds one state still until it is shown another one. */
export function createFakeTenantSource(first: FakeTenantState): FakeTenantSource {
  const listeners = createListeners();
  const watchers = createListeners<[outcome: RefreshOutcome]>();
  const seats = new Set<{ isPending: boolean; onHandOver: () => void }>();
  let state = first;
  let spies: FakeProviderSpies = {};
  let snapshot: TenantSnapshot = resolveFakeState(state, Date.now());

  const refresh = async (): ReturnType<TenantSource['refresh']> => {
    spies.onRefresh?.();
    await Promise.resolve();
    const outcome = createOutcome(snapshot);
    watchers.tell(outcome);
    if (outcome.type === 'failed') throw outcome.error;
    return outcome.tenant;
  };

  return {
    source: {
      getSnapshot: () => snapshot,
      subscribe: listeners.subscribe,
      subscribeToOutcomes: watchers.subscribe,
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
      isPending: () =>
        (state.status === 'ready' && state.handoverPending) ?? [...seats].some(({ isPending }) => isPending),
      subscribe: listeners.subscribe,
      handOver() {
        spies.onHandOver?.();
        for (const seat of [...seats]) seat.onHandOver();
      },
      join(onHandOver) {
        const seat = { isPending: false, onHandOver };
        seats.add(seat);
        return {
          setPending(isPending) {
            if (seat.isPending === isPending) return;
            seat.isPending = isPending;
            listeners.tell();
          },
          leave() {
            seats.delete(seat);
            if (seat.isPending) listeners.tell();
          },
        };
      },
    },
    show(next, nextSpies) {
      spies = nextSpies;
      if (describeState(next) === describeState(state)) return;
      state = next;
      snapshot = resolveFakeState(state, Date.now());
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

/** What a refresh comes to in a state that does not change. */
function createOutcome({ status, tenant, error }: TenantSnapshot): RefreshOutcome {
  if (error) return { type: 'failed', error };
  if (tenant) return { type: 'refreshed', tenant };
  const message = `FakeUpsolveTenantProvider holds '${status}' still, so a refresh brings nothing.`;
  return { type: 'failed', error: new UpsolveTenantError('aborted', { message }) };
}
