import { type CSSProperties, type ReactElement, useContext, useEffect } from 'react';
import { isUpsolveTenantError, type UpsolveTenantError } from '../../core/errors';
import type { UpsolvePermissions } from '../../core/permissions';
import { ErrorPanel } from '../guard/ErrorPanel';
import { DEFAULT_LABELS } from '../guard/labels';
import { FrameHostContext } from './FrameHost';
import { addToken, type FrameAddress, type FrameTarget, getFrameUrl } from './frameUrl';

export interface FrameOptions extends FrameAddress {
  /** Name of the frame. @default the guard's `labels.title` */
  title?: string | undefined;
  /**
   * A load event came. A page that failed to load sends one too and can't be told from outside; this is where the app
   * may look, for example by a message of its own.
   */
  onFrameLoad?: ((frame: HTMLIFrameElement) => void) | undefined;
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

/** Session replay tools and monitoring know these as "leave out": the URL of the frame holds the token. */
const PRIVATE = 'rr-block sentry-block ph-no-capture';
const FRAME: CSSProperties = { display: 'block', width: '100%', height: '100%', minHeight: 'inherit', border: 0 };

/**
 * Upsolve's public share page in a frame: what a guard renders where it is given no component. A wrong option shows the
 * error panel and says why on the console; it is never thrown.
 */
export function UpsolveDashboardFrame(props: UpsolveDashboardFrameProps): ReactElement | null {
  const { token, title, onFrameLoad, className = '', style } = props;
  const labels = useContext(FrameHostContext)?.labels ?? DEFAULT_LABELS;
  const url = resolveUrl(props);
  const refusal = isUpsolveTenantError(url) ? url : undefined;
  useRefusalReport(refusal?.message);

  if (typeof token !== 'string' || token === '') return null;
  if (isUpsolveTenantError(url)) return <ErrorPanel error={url} labels={labels} isRefreshing={false} />;
  const src = addToken(url, token);
  return (
    <iframe
      // A new element for a new address: changing `src` would leave an entry in the history.
      key={src}
      src={src}
      title={title ?? labels.title}
      className={`upsolve-tenant__frame ${PRIVATE} ${className}`.trim()}
      data-private=""
      referrerPolicy="no-referrer"
      style={style ? { ...FRAME, ...style } : FRAME}
      onLoad={(event) => onFrameLoad?.(event.currentTarget)}
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
