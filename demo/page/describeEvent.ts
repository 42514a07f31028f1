import type { HandoverReason, RequestReason, UpsolveTenantEvent, UpsolveTenantStatus } from 'react-upsolve-tenant';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const WHY_ASKED: Record<RequestReason, string> = {
  initial: 'the first one is needed',
  scheduled: 'the old one ends soon',
  expired: 'the old one has ended',
  wake: 'the page came back',
  retry: 'another try',
  manual: 'a button asked for it',
};

const HANDOVERS: Record<HandoverReason, string> = {
  first: 'The dashboard got its first token',
  immediate: 'The dashboard got the new token at once',
  hidden: 'The dashboard got the new token while nobody saw it',
  inactive: 'The dashboard got the new token while nobody used it',
  manual: 'The dashboard got the new token by a button',
  deadline: 'The dashboard got the new token just before the old one’s end',
  permissions: 'The dashboard got the new token, since the user may do less',
};

const STATUSES: Record<UpsolveTenantStatus, string> = {
  idle: 'Nothing is asked',
  loading: 'The first token is awaited',
  ready: 'There is a good token',
  expired: 'The token has ended, a new one is awaited',
  error: 'There is no token',
};

/** One line for each event, in the words of a visitor. */
export function describeEvent(event: UpsolveTenantEvent): string {
  switch (event.type) {
    case 'request':
      return `Asked for ${nameOf(event)}: ${WHY_ASKED[event.reason]}${event.attempt > 1 ? `, number ${event.attempt}` : ''}`;
    case 'success':
      return `Got ${nameOf(event)} in ${Math.round(event.durationMs)} ms`;
    case 'failure':
      return `Got no ${event.request === 'tenant' ? 'token' : 'permissions'}: ${event.code}${
        event.retryInMs === undefined ? '' : `; next try in ${seconds(event.retryInMs)}`
      }`;
    case 'status':
      return `${STATUSES[event.status]} (${event.status})`;
    case 'permissions':
      return event.permissions.readOnly
        ? 'The user may only read'
        : `The user may do ${countGrants(event.permissions)} of 11 things`;
    case 'handover':
      return `${HANDOVERS[event.reason]}${
        event.remainingMs > 0 ? `; the old one had ${seconds(event.remainingMs)} left` : ''
      }`;
    case 'clear':
      return event.origin === 'here' ? 'Signed out' : 'Signed out in another tab';
    case 'tenant_unverified':
      return 'The answer doesn’t say for which tenant it is';
    case 'expiry_assumed':
      return 'The answer doesn’t say when the token ends: an hour is assumed';
    case 'frame_blocked':
      return 'The page’s own policy blocks the frame';
  }
}

function nameOf({ request }: { request: 'tenant' | 'permissions' }): string {
  return request === 'tenant' ? 'a token' : 'permissions';
}

function countGrants(permissions: Readonly<Record<string, boolean>>): number {
  const { disableTabs: _tabs, readOnly: _readOnly, ...grants } = permissions;
  return Object.values(grants).filter(Boolean).length;
}
