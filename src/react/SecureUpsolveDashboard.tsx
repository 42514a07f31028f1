import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { DashboardComponent } from './dashboardProps';
import { FrameHostContext } from './frame/FrameHost';
import type { UpsolveDashboardFrame } from './frame/UpsolveDashboardFrame';
import { useSearchMemory } from './frame/useSearchMemory';
import { ErrorPanel } from './guard/ErrorPanel';
import { fillSlot, type GuardProps, resolveGuard, type ResolvedGuard } from './guard/guardProps';
import { LoadingPanel } from './guard/LoadingPanel';
import { ROOT, STAGE, STATUS, STATUS_FULL } from './guard/looks';
import { Notice } from './guard/Notice';
import { useGatedSnapshot } from './guard/useGatedSnapshot';
import { Leaving, useKeptPlace } from './guard/useKeptPlace';
import { useServedStyles } from './guard/useServedStyles';
import { useHandover } from './handover/useHandover';
import { useHandoverReport } from './handover/useHandoverReport';
import { useTenantContext } from './UpsolveTenantContext';

export type SecureUpsolveDashboardProps<Component extends DashboardComponent = typeof UpsolveDashboardFrame> =
  GuardProps<Component>;

/**
 * Shows a dashboard with a usable token of the current tenant, and never without: a spinner while there is none yet or
 * none any more, an error with a working button where asking has failed, nothing while nothing is asked. A refresh that
 * fails while the token is still good is a quiet notice.
 *
 * What it shows is the `component` it is given, else the provider's `dashboard`, else `UpsolveDashboardFrame`; or
 * whatever `children`, a function, returns.
 *
 * @throws Error where no provider is above.
 */
export function SecureUpsolveDashboard<Component extends DashboardComponent = typeof UpsolveDashboardFrame>(
  props: SecureUpsolveDashboardProps<Component>,
): ReactElement | null {
  const context = useTenantContext('SecureUpsolveDashboard');
  const snapshot = useGatedSnapshot(context);
  const { dashboard, dashboardDefaults, source } = context;
  const { status, error, isRefreshing, nextAttemptAt } = snapshot;
  const guard = useMemo(() => resolveGuard(props, dashboardDefaults, dashboard), [props, dashboardDefaults, dashboard]);
  const { own, labels } = guard;
  const { root, stage, keepPlace } = useKeptPlace(status === 'loading');
  useServedStyles(root);

  const { held, permissions, countdowns } = useHandover(context, snapshot, guard.handover, stage);
  const report = useHandoverReport(held, countdowns, context.onHandover);
  const memory = useSearchMemory(snapshot);
  const token = held?.tenant.token;
  // The same element while it is given the same: a tick, a notice or a refresh under way commits nothing below.
  const content = useMemo(
    () => token !== undefined && permissions && guard.render({ token, permissions }),
    [guard, token, permissions],
  );
  const overlap = useMemo(() => ({ ...countdowns, ...report, ...memory }), [countdowns, report, memory]);
  const host = useMemo(() => ({ labels, overlap, cover: fillWaiting(guard, 'expired') }), [guard, labels, overlap]);

  if (status === 'idle' && own.idleFallback === undefined) return null;

  const failure = error && { error, retry: source.retry, isRefreshing, nextAttemptAt };
  const isWaiting = status === 'loading' || status === 'expired';
  let staged: ReactNode;
  let told: ReactNode;
  if (status === 'idle') {
    staged = own.idleFallback;
  } else if (isWaiting) {
    told = fillWaiting(guard, status);
  } else if (status === 'ready') {
    staged = <FrameHostContext.Provider value={host}>{content}</FrameHostContext.Provider>;
    told = failure && fillSlot(own.notice, failure, () => <Notice text={labels.notice} />);
  } else {
    staged = failure && fillSlot(own.errorFallback, failure, () => <ErrorPanel {...failure} labels={labels} />);
  }

  return (
    <div
      ref={root}
      className={own.className === undefined ? 'upsolve-tenant' : `upsolve-tenant ${own.className}`}
      data-status={status}
      style={own.style ? { ...ROOT, ...own.style } : ROOT}
    >
      <div
        ref={stage}
        className="upsolve-tenant__stage"
        style={STAGE}
        // Landmarks of one name would be told apart by nobody, so a guard without a title of its own is none.
        role={own.title === undefined ? 'group' : 'region'}
        aria-label={own.title ?? labels.title}
        aria-busy={isWaiting || (isRefreshing && status === 'error')}
      >
        {staged !== undefined && (
          <Leaving key={`${status} ${snapshot.identity}`} onLeave={keepPlace}>
            {staged}
          </Leaving>
        )}
      </div>
      {/* Beside the stage, not in it: what is said inside a busy element is held back. */}
      <div role="status" className="upsolve-tenant__status" style={isWaiting ? STATUS_FULL : STATUS}>
        {told !== undefined && (
          <Leaving key={status} onLeave={keepPlace}>
            {told}
          </Leaving>
        )}
      </div>
    </div>
  );
}

/** What is shown while a token is waited for; by default an expired one's place looks like the first one's. */
function fillWaiting({ own, labels }: ResolvedGuard, status: 'loading' | 'expired'): ReactNode {
  const slot = status === 'expired' && own.expiredFallback !== undefined ? own.expiredFallback : own.loadingFallback;
  return slot === undefined ? <LoadingPanel text={labels[status]} /> : slot;
}
