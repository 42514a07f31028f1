import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { UpsolveTenantError } from '../../core/errors';
import type { RefreshProgress, TenantSnapshot, TenantSource } from '../../core/snapshot';
import type { DashboardTenantProps, ErrorFallbackProps, Slot } from '../dashboardProps';
import { type UpsolveTenantContextValue, useTenantContext, useTenantPart } from '../UpsolveTenantContext';
import { getErrorKind } from './labels';
import type { RenderDashboard, ResolvedGuard } from './guardProps';
import { ErrorPanel, LoadingPanel, NextTry, Notice } from './panels';

/** One stable component for any slot: a function of the app's is called in it and never used as a type, so it may use hooks
 * and may be written inline. */
function Filled<Props extends object>({ slot, props }: { slot: Slot<Props>; props: Props }): ReactNode {
  return typeof slot === 'function' ? slot(props) : slot;
}

/** Another one where a function with hooks gives way to content without any. */
function fill<Props extends object>(slot: Slot<Props>, props: Props): ReactElement {
  return <Filled key={typeof slot} slot={slot} props={props} />;
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
  return slot === undefined ? <LoadingPanel text={labels[status]} /> : fill(slot, NOTHING);
}

export function Idle({ guard }: { guard: ResolvedGuard }): ReactElement {
  return fill(guard.own.idleFallback, NOTHING);
}

export interface FailureProps {
  readonly guard: ResolvedGuard;
  readonly error: UpsolveTenantError;
  /** Another guard says the same. */
  readonly isSilent: boolean;
}

export function Failure({ guard, error, isSilent }: FailureProps): ReactElement {
  const { own, labels, refusal } = guard;
  const { told, source } = useFailure(error);
  const { errorFallback, signIn } = own;
  if (errorFallback !== undefined) return fill(errorFallback, told);
  return (
    <ErrorPanel
      {...{ error, labels, isSilent }}
      isRefreshing={told.isRefreshing}
      nextTry={error.retryable && <NextTry at={told.nextAttemptAt} now={source.dateNow} text={labels.nextTry} />}
      retry={refusal ? undefined : told.retry}
      signIn={signIn !== undefined && getErrorKind(error.code) === 'session' && fill(signIn, told)}
    />
  );
}

export interface FailureNoticeProps extends Omit<FailureProps, 'isSilent'> {
  readonly dismiss: () => void;
}

export function FailureNotice({ guard, error, dismiss }: FailureNoticeProps): ReactElement {
  const { own, labels } = guard;
  const { notice } = own;
  const { told } = useFailure(error);
  if (notice !== undefined) return fill(notice, { ...told, dismiss });
  return <Notice {...{ error, labels }} onDismiss={dismiss} />;
}

/** Only what shows a failure renders with the progress of the asking. */
function useFailure(error: UpsolveTenantError): { told: ErrorFallbackProps; source: TenantSource } {
  const context: UpsolveTenantContextValue = useTenantContext('SecureUpsolveDashboard');
  const { isRefreshing, nextAttemptAt } = useTenantPart(context, selectProgress);
  const { source } = context;
  const { retry } = source;
  const told = useMemo(
    () => ({ error, retry, isRefreshing, nextAttemptAt }),
    [error, retry, isRefreshing, nextAttemptAt],
  );
  return { told, source };
}
