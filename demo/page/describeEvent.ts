import type { UpsolveTenantEvent } from 'react-upsolve-tenant';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** One line a person can read for each event. */
export function describeEvent(event: UpsolveTenantEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.request}: asked (${event.reason}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''})`;
    case 'success':
      return `${event.request}: answered in ${Math.round(event.durationMs)} ms`;
    case 'failure':
      return `${event.request}: failed, ${event.code}${
        event.retryInMs === undefined ? '' : `; again in ${seconds(event.retryInMs)}`
      }`;
    case 'status':
      return `status: ${event.previous} → ${event.status}`;
    case 'permissions':
      return `permissions: ${event.permissions.readOnly ? 'read only' : `${countGrants(event.permissions)} granted`}`;
    case 'handover':
      return `handover (${event.reason})${event.remainingMs > 0 ? `, the old token had ${seconds(event.remainingMs)} left` : ''}`;
    case 'clear':
      return event.origin === 'here' ? 'cleared' : 'cleared in another tab';
    case 'tenant_unverified':
      return 'the answer names no tenant';
    case 'expiry_assumed':
      return 'the answer names no expiry: one hour';
    case 'frame_blocked':
      return 'the page’s own policy blocks the frame';
  }
}

function countGrants(permissions: Readonly<Record<string, boolean>>): number {
  const { disableTabs: _tabs, readOnly: _readOnly, ...grants } = permissions;
  return Object.values(grants).filter(Boolean).length;
}
