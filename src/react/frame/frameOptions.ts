import type { CSSProperties } from 'react';
import { isUpsolveTenantError, type UpsolveTenantError } from '../../core/errors';
import type { UpsolvePermissions } from '../../core/permissions';
import { invalid, parseEndpoint, refuseApiKey } from '../../core/refusals';

/** A dashboard of the hub. */
export interface DashboardTarget {
  /** The dashboard to share. */
  dashboardId: string;
  /** Which version of it. @default the newest */
  version?: string | number | undefined;
  /** For data sources with row-level security of their own. It is part of the frame's URL. @default none */
  dbAuthToken?: string | undefined;
  agentId?: undefined;
  applicationId?: undefined;
}

/** A chat. A reload ends the conversation, so the guard hands over before expiry by default. */
export interface AgentTarget {
  /** The agent to chat with. */
  agentId: string;
  dashboardId?: undefined;
  applicationId?: undefined;
}

/** An application. It takes the project-user tokens of Upsolve's successor API only. */
export interface ApplicationTarget {
  /** The application to share. */
  applicationId: string;
  /** Its filters as a query string: `f_…` and `filter_…` only, up to 4 kB. A change is sent to the frame. @default none */
  search?: string | undefined;
  /** Its user changed the filters; with a leading `?`, or empty. Not called with what `search` gave, nor twice in a row with the same. */
  onSearchChange?: ((search: string) => void) | undefined;
  dashboardId?: undefined;
  agentId?: undefined;
}

/** What a frame shows: one of three kinds, which exclude each other. */
export type FrameTarget = DashboardTarget | AgentTarget | ApplicationTarget;

/** What every kind of frame may be given. */
export interface FrameOptions {
  /** Name of the frame. @default the guard's `labels.title` */
  title?: string | undefined;
  /**
   * `system` follows the device's colour scheme. When that changes, the frame stays as it is until the next handover,
   * since another theme is a reload. @default the share page's own
   */
  theme?: 'light' | 'dark' | 'system' | undefined;
  /** Another host that serves the share pages: https, or plain http on this machine. @default Upsolve's, by kind */
  baseUrl?: string | URL | undefined;
  /** What the frame may do beyond drawing itself, as the attribute of an iframe. @default 'fullscreen; clipboard-write' */
  allow?: string | undefined;
  /** The attribute of an iframe. A share page needs at least `allow-scripts allow-same-origin`. @default none */
  sandbox?: string | undefined;
  /** The `id` of the frame in view. The one that loads behind it has none. @default none */
  id?: string | undefined;
  /**
   * A load event came. A page that failed to load sends one too and can't be told from outside; this is where the app
   * may look, for example by a message of its own.
   */
  onFrameLoad?: ((frame: HTMLIFrameElement) => void) | undefined;
  /** How long after its load event a next frame takes over, in ms, unless it says itself that it is ready. @default 2_000 */
  settleMs?: number | undefined;
  /** Of the element around the frame, beside its own. @default none */
  className?: string | undefined;
  /** Of the element around the frame. @default none */
  style?: CSSProperties | undefined;
}

export type UpsolveDashboardFrameProps = FrameTarget &
  FrameOptions & {
    /** The token to show it with. Without one nothing is shown. */
    token: string;
    /** Accepted so that a frame can stand where a native dashboard stands; a frame obeys its token only. */
    permissions?: UpsolvePermissions | undefined;
  };

/** Every prop of every kind, before anyone has looked whether they go together. */
export type GivenFrameProps = FrameOptions & {
  token: string;
  dashboardId?: unknown;
  agentId?: unknown;
  applicationId?: unknown;
} & Partial<Pick<DashboardTarget, 'version' | 'dbAuthToken'> & Pick<ApplicationTarget, 'search' | 'onSearchChange'>>;

const HUB = 'https://hub.upsolve.ai';
const SUCCESSOR_HUB = 'https://ai-hub.upsolve.ai';
const THEME = /^(light|dark|system)$/;

/** The address of a share page, every value encoded, its token included; or what is wrong with the options. */
export function resolveAddress(props: GivenFrameProps, parentOrigin: string): URL | UpsolveTenantError {
  try {
    const { dashboardId, agentId, applicationId, theme, settleMs = 0 } = props;
    const ids = { dashboard: dashboardId, chat: agentId, application: applicationId };
    const given = Object.entries(ids).filter(([, id]) => id != null);
    const [kind, id] = given[0] ?? [];
    // A URL resolves a path of dots, however it is encoded.
    if (given.length !== 1 || typeof id !== 'string' || /^\.{0,2}$/.test(id)) {
      throw invalid('one of dashboardId, agentId, applicationId');
    }
    if (theme != null && !THEME.test(theme)) throw invalid('theme');
    if (!(Number.isFinite(settleMs) && settleMs >= 0)) throw invalid('settleMs');

    const url = parseEndpoint('baseUrl', props.baseUrl ?? (kind === 'application' ? SUCCESSOR_HUB : HUB), {});
    url.pathname = `${url.pathname.replace(/\/$/, '')}/share/${kind}/${encodeURIComponent(id)}`;
    const query = {
      theme,
      ...(kind === 'dashboard' && { version: props.version, dbAuthToken: props.dbAuthToken }),
      ...(kind === 'application' && { parentOrigin }),
      jwt: props.token,
    };
    for (const [name, value] of Object.entries(query)) if (value != null) url.searchParams.set(name, String(value));
    refuseApiKey(url.href);
    return url;
  } catch (thrown) {
    // What the props hold may throw when it is read as text.
    return isUpsolveTenantError(thrown) ? thrown : invalid('a value that is no text');
  }
}

/** An address → what a frame is given now: `system` becomes the scheme of this moment. It is never logged. */
export function resolveSrc(address: string): string {
  const url = new URL(address);
  if (url.searchParams.get('theme') !== 'system') return address;
  try {
    url.searchParams.set('theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  } catch {
    // Then the page's own theme.
    url.searchParams.delete('theme');
  }
  return url.href;
}
