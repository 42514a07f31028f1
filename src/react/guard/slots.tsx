import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { UpsolveTenantError } from '../../core/errors';
import type { RefreshProgress, TenantSnapshot } from '../../core/snapshot';
import type { DashboardTenantProps, ErrorFallbackProps, Slot } from '../dashboardProps';
import { type UpsolveTenantContextValue, useTenantContext, useTenantPart } from '../UpsolveTenantContext';
import { getErrorKind } from './labels';
import type { RenderDashboard, ResolvedGuard } from './guardProps';
import { ErrorPanel, LoadingPanel, Notice } from './panels';

/** One stable component for any slot: a function of the app's is called in it and never used as a type, so it may use hooks
 * and may be written inline. */
function Fill<Props extends object>({ slot, props }: { slot: Slot<Props>; props: Props }): ReactNode {
  return typeof slot === 'function' ? slot(props) : slot;
}

/** The same for what shows a tenant. */
export function Content({ render, ...tenant }: DashboardTenantProps & { render: RenderDashboard }): ReactNode {
  return render(tenant);
}

const NOTHING = {};
const selectProgress = ({ progress }: TenantSnapshot): RefreshProgress => progress;

/** What is shown while a token is waited for; by default an expired one's place looks like the first one's. */
export function Waiting({ guard, status }: { guard: ResolvedGuard; status: 'loading' | 'expired' }): ReactElement {
  const { own, labels } = guard;
  const slot = status === 'expired' && own.expiredFallback !== undefined ? own.expiredFallback : own.loadingFallback;
  if (slot === undefined) return <LoadingPanel text={labels[status]} />;
  return <Fill key={typeof slot} slot={slot} props={NOTHING} />;
}

export function Idle({ guard }: { guard: ResolvedGuard }): ReactElement {
  return <Fill key={typeof guard.own.idleFallback} slot={guard.own.idleFallback} props={NOTHING} />;
}

export interface FailureProps {
  readonly guard: ResolvedGuard;
  readonly error: UpsolveTenantError;
  /** Trying again can help. */
  readonly canRetry?: boolean;
}

export function Failure({ guard, error, canRetry = true }: FailureProps): ReactElement {
  const { own, labels } = guard;
  const told = useFailure(error);
  const { errorFallback, signIn } = own;
  if (errorFallback !== undefined) return <Fill key={typeof errorFallback} slot={errorFallback} props={told} />;
  return (
    <ErrorPanel
      {...{ error, labels }}
      progress={told}
      retry={canRetry ? told.retry : undefined}
      signIn={
        signIn !== undefined &&
        getErrorKind(error.code) === 'session' && <Fill key={typeof signIn} slot={signIn} props={told} />
      }
    />
  );
}

export function FailureNotice({ guard, error }: FailureProps): ReactElement {
  const told = useFailure(error);
  const { notice } = guard.own;
  if (notice === undefined) return <Notice text={guard.labels.notice} />;
  return <Fill key={typeof notice} slot={notice} props={told} />;
}

/** Only what shows a failure renders with the progress of the asking. */
function useFailure(error: UpsolveTenantError): ErrorFallbackProps {
  const context: UpsolveTenantContextValue = useTenantContext('SecureUpsolveDashboard');
  const { isRefreshing, nextAttemptAt } = useTenantPart(context, selectProgress);
  const { retry } = context.source;
  return useMemo(() => ({ error, retry, isRefreshing, nextAttemptAt }), [error, retry, isRefreshing, nextAttemptAt]);
}
