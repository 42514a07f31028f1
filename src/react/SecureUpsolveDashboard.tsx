import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { UpsolveTenantErrorCode } from '../core/errors';
import type { TenantSnapshot, TenantState } from '../core/snapshot';
import type { DashboardComponent } from './dashboardProps';
import { type FrameHost, FrameHostContext } from './frame/FrameHost';
import { type BoundGuardProps, type OpenGuardProps, type RenderGuardProps, resolveGuard } from './guard/guardProps';
import { ROOT, SPACE, SPACER, STAGE, STATUS, STATUS_FULL } from './guard/looks';
import { useFade } from './guard/motion';
import { Content, Failure, FailureNotice, Idle, Waiting } from './guard/slots';
import { Leaving, useKeptPlace } from './guard/useKeptPlace';
import { useSilence } from './guard/voice';
import { useHandover } from './handover/useHandover';
import { useTenantContext, useLayoutEffectOnClient, useTenantPart } from './UpsolveTenantContext';

/** The props of `SecureUpsolveDashboard` with a dashboard of its own; without one, with a render function or as it comes. */
export type SecureUpsolveDashboardProps<Component extends DashboardComponent | undefined = undefined> =
  Component extends DashboardComponent ? BoundGuardProps<Component> : RenderGuardProps | OpenGuardProps;

const selectState = ({ state }: TenantSnapshot): TenantState => state;

/**
 * Shows a dashboard with a usable token of the current tenant, and never without: a spinner while there is none yet or
 * none any more, an error with a working button where asking has failed, nothing while nothing is asked. A refresh that
 * fails while the token is still good is a quiet notice.
 *
 * What it shows is what `children`, a function, returns; else the `dashboard` it is given; else the provider's. With none
 * of these it shows that it isn't set up (`invalid_options`).
 *
 * @throws Error where no provider is above.
 */
export function SecureUpsolveDashboard<Component extends DashboardComponent>(
  props: BoundGuardProps<Component>,
): ReactElement | null;
export function SecureUpsolveDashboard(props: RenderGuardProps): ReactElement | null;
export function SecureUpsolveDashboard(props: OpenGuardProps): ReactElement | null;
export function SecureUpsolveDashboard(props: object): ReactElement | null {
  const context = useTenantContext('SecureUpsolveDashboard');
  const state = useTenantPart(context, selectState);
  const { identity, onEvent, onGuardError, onDashboard } = context;
  const guard = useMemo(() => resolveGuard(props, context), [props, context]);
  const { own, labels, kind, content, refusal } = guard;
  const status = refusal ? 'error' : state.status;
  const error = refusal ?? state.error;
  const { root, stage, keepPlace } = useKeptPlace(status === 'expired' || status === 'error');
  const region = useRef<HTMLDivElement>(null);
  const code = error?.code;
  const message = `${status} ${code ?? ''}`;
  const isSilent = useSilence(context.source, root, message);
  useFade(stage, status);
  useFade(region, message);
  useServedStyles(root);
  const [dismissed, setDismissed] = useState<UpsolveTenantErrorCode>();
  if (dismissed !== undefined && dismissed !== code) setDismissed(undefined);
  const dismiss = useCallback(() => setDismissed(code), [code]);
  useEffect(() => onDashboard?.(root, (props as { dashboard?: DashboardComponent }).dashboard ?? context.dashboard));
  useEffect(() => {
    if (refusal) onGuardError?.(refusal);
  }, [refusal, onGuardError]);

  const { held, permissions, getUsableMs } = useHandover(context, state, own.handover ?? 'natural-break', stage);
  const token = held?.tenant.token;
  // The same element while it is given the same: a tick, a notice or a refresh under way commits nothing below.
  const dashboard = useMemo(
    () =>
      token !== undefined &&
      permissions &&
      content && <Content key={kind} render={content} token={token} permissions={permissions} />,
    [kind, content, token, permissions],
  );

  const isOver = status === 'idle' || (status === 'error' && !error?.retryable);
  // Another one for another identity. Not emptied by an effect's end: a view that is only hidden ends its effects too.
  const searches = useMemo(() => createSearches(identity), [identity]);
  useLayoutEffectOnClient(() => {
    if (isOver) searches.clear();
  }, [isOver, searches]);
  const host = useMemo<FrameHost>(
    () => ({
      labels,
      cover: <Waiting guard={guard} status="loading" />,
      getUsableMs,
      searches,
      onBlocked: () => onEvent?.({ type: 'frame_blocked' }),
    }),
    [guard, labels, getUsableMs, searches, onEvent],
  );

  if (status === 'idle' && own.idleFallback === undefined) return null;

  const isWaiting = status === 'loading' || status === 'expired';
  let staged: ReactNode;
  let told: ReactNode;
  if (status === 'idle') staged = <Idle guard={guard} />;
  else if (isWaiting) told = <Waiting guard={guard} status={status} />;
  else if (status === 'ready') {
    staged = <FrameHostContext.Provider value={host}>{dashboard}</FrameHostContext.Provider>;
    if (error && code !== dismissed) told = <FailureNotice guard={guard} error={error} dismiss={dismiss} />;
  } else if (error) {
    staged = <Failure guard={guard} error={error} isSilent={isSilent} />;
  }

  return (
    <div
      ref={root}
      className={own.className === undefined ? 'upsolve-tenant' : `upsolve-tenant ${own.className}`}
      data-status={status}
      data-upsolve-error={code}
      style={own.style ? { ...ROOT, ...own.style } : ROOT}
    >
      <div style={SPACER}>
        <div style={SPACE} />
      </div>
      <div
        ref={stage}
        className="upsolve-tenant__stage"
        style={STAGE}
        // Landmarks of one name would be told apart by nobody, so a guard without a title of its own is none.
        role={own.title === undefined ? 'group' : 'region'}
        aria-label={own.title ?? labels.title}
        aria-busy={isWaiting}
      >
        {staged !== undefined && (
          <Leaving key={`${status} ${held?.lineage}`} isTall={status === 'ready'} onLeave={keepPlace}>
            {staged}
          </Leaving>
        )}
      </div>
      {/* Beside the stage, not in it: what is said inside a busy element is held back. */}
      <div
        ref={region}
        role={isSilent ? undefined : 'status'}
        className="upsolve-tenant__status"
        style={isWaiting ? STATUS_FULL : STATUS}
      >
        {told !== undefined && (
          <Leaving key={status} isTall={false} onLeave={keepPlace}>
            {told}
          </Leaving>
        )}
      </div>
    </div>
  );
}

function createSearches(_identity: string | null): Map<string, string> {
  return new Map();
}

/**
 * A strict Content-Security-Policy strips the style attributes of server-rendered markup, and hydration takes them for
 * set. Setting the same text by script is allowed.
 */
function useServedStyles(root: RefObject<HTMLElement | null>): void {
  useLayoutEffectOnClient(() => {
    const element = root.current;
    // What was made by script has its styles, and the policy takes all or none.
    if (element?.style.length !== 0) return;
    for (const served of [element, ...element.querySelectorAll<HTMLElement>('[style]')]) {
      served.style.cssText = served.getAttribute('style') ?? '';
    }
  }, [root]);
}
