import { UpsolveTenantError } from '../../core/errors';
import { parseEndpoint } from '../../core/refusals';

/** A dashboard of the hub. */
export interface DashboardTarget {
  /** The dashboard to share. */
  dashboardId: string;
  /** @default the newest */
  version?: string | number | undefined;
  /** For data sources with row-level security of their own. It travels in the frame's URL. @default none */
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
  /** Its user changed the filters; with a leading `?`, or empty. */
  onSearchChange?: ((search: string) => void) | undefined;
  dashboardId?: undefined;
  agentId?: undefined;
}

/** What a frame shows: one of three kinds, which exclude each other. */
export type FrameTarget = DashboardTarget | AgentTarget | ApplicationTarget;

export interface FrameAddress {
  /** @default the page's own */
  theme?: 'light' | 'dark' | undefined;
  /** Another host that serves the share pages: https, or plain http on this machine. @default Upsolve's, by kind */
  baseUrl?: string | URL | undefined;
}

const HUB = 'https://hub.upsolve.ai';
const SUCCESSOR_HUB = 'https://ai-hub.upsolve.ai';

/**
 * The address of a share page without its token, every value encoded.
 *
 * @throws UpsolveTenantError `invalid_options` unless exactly one id is given; `insecure_endpoint` for a `baseUrl` that
 * is plain http to another machine.
 */
export function getFrameUrl(target: FrameTarget, address: FrameAddress, parentOrigin: string): URL {
  const { dashboardId, agentId, applicationId } = target;
  const given = Object.entries({ dashboard: dashboardId, chat: agentId, application: applicationId }).filter(
    ([, id]) => id !== undefined,
  );
  const [kind, id] = given[0] ?? [];
  // A URL resolves a path of dots, however it is encoded.
  if (given.length !== 1 || !kind || typeof id !== 'string' || /^\.{0,2}$/.test(id)) {
    throw new UpsolveTenantError('invalid_options', {
      message: 'UpsolveDashboardFrame needs one of dashboardId, agentId and applicationId, and no more than one.',
    });
  }
  const host = applicationId === undefined ? HUB : SUCCESSOR_HUB;
  const url = new URL(parseEndpoint('baseUrl', address.baseUrl ?? host, {}));
  url.pathname = `${url.pathname.replace(/\/$/, '')}/share/${kind}/${encodeURIComponent(id)}`;
  const { version, dbAuthToken } = target as Partial<DashboardTarget>;
  const query = {
    theme: address.theme,
    version: dashboardId && version,
    dbAuthToken: dashboardId && dbAuthToken,
    parentOrigin: applicationId && parentOrigin,
  };
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

/** The same address with its token: the only URL that ever holds one. It is never logged. */
export function addToken(url: URL, token: string): string {
  const full = new URL(url);
  full.searchParams.set('jwt', token);
  return full.href;
}
