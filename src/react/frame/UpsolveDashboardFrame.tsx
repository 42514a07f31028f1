import { type CSSProperties, type ReactElement, useContext, useEffect } from 'react';
import { isUpsolveTenantError, type UpsolveTenantError } from '../../core/errors';
import type { UpsolvePermissions } from '../../core/permissions';
import { ErrorPanel } from '../guard/ErrorPanel';
import { DEFAULT_LABELS } from '../guard/labels';
import { FrameHostContext } from './FrameHost';
import { FrameStack } from './FrameStack';
import { type ApplicationTarget, type FrameAddress, type FrameTarget, getFrameUrl } from './frameUrl';

export interface FrameOptions extends FrameAddress {
  /** Name of the frame. @default the guard's `labels.title` */
  title?: string | undefined;
  /**
   * A load event came. A page that failed to load sends one too and can't be told from outside; this is where the app
   * may look, for example by a message of its own.
   */
  onFrameLoad?: ((frame: HTMLIFrameElement) => void) | undefined;
  /** How long after its load event a next frame takes over, in ms, unless it says itself that it is ready. @default 2_000 */
  settleMs?: number | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

export type UpsolveDashboardFrameProps = FrameTarget &
  FrameOptions & {
    /** The token to show it with. Without one nothing is shown. */
    token: string;
    /** Taken so that a frame can stand where a native dashboard stands; a frame obeys its token only. */
    permissions?: UpsolvePermissions | undefined;
  };

/** By then a share page has drawn what it loads after its load event. */
const SETTLE_MS = 2_000;

/**
 * Upsolve's public share page in a frame: what a guard renders where it is given no component. A wrong option shows the
 * error panel and says why on the console; it is never thrown.
 */
export function UpsolveDashboardFrame(props: UpsolveDashboardFrameProps): ReactElement | null {
  const { token, title, settleMs = SETTLE_MS, onFrameLoad, className, style } = props;
  const labels = useContext(FrameHostContext)?.labels ?? DEFAULT_LABELS;
  const url = resolveUrl(props);
  const refusal = isUpsolveTenantError(url) ? url : undefined;
  useRefusalReport(refusal?.message);

  if (typeof token !== 'string' || token === '') return null;
  if (isUpsolveTenantError(url)) return <ErrorPanel error={url} labels={labels} isRefreshing={false} />;
  const { applicationId, search, onSearchChange } = props as {
    [Name in keyof ApplicationTarget]?: ApplicationTarget[Name];
  };
  return (
    <FrameStack
      // Another page than before does not follow it: it replaces it at once.
      key={url.origin + url.pathname}
      isSpeaking={applicationId !== undefined}
      title={title ?? labels.title}
      {...{ url, token, settleMs, onFrameLoad, search, onSearchChange, className, style }}
    />
  );
}

function resolveUrl(props: UpsolveDashboardFrameProps): URL | UpsolveTenantError {
  try {
    return getFrameUrl(props, props, globalThis.location?.origin ?? '');
  } catch (error) {
    if (isUpsolveTenantError(error)) return error;
    throw error;
  }
}

/** The panel speaks to users; this speaks to whoever wrote the props. */
function useRefusalReport(message: string | undefined): void {
  useEffect(() => {
    // eslint-disable-next-line no-console -- a mistake in the props is found by its author, not by an app's callback
    if (message !== undefined) console.error(`UpsolveDashboardFrame: ${message}`);
  }, [message]);
}
