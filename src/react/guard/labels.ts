import type { UpsolveTenantErrorCode } from '../../core/errors';
import type { DashboardLabelOverrides, DashboardLabels, ErrorKind, ErrorTexts } from '../dashboardProps';

/** Of each code what it means to the person in front of the page; `busy` where it isn't listed. */
const KINDS: { readonly [Code in UpsolveTenantErrorCode]?: ErrorKind } = {
  network: 'offline',
  unauthenticated: 'session',
  token_expired: 'session',
  tenant_mismatch: 'session',
  forbidden: 'access',
  origin_not_allowed: 'setup',
  invalid_api_key: 'setup',
  invalid_tenant_configuration: 'setup',
  not_found: 'setup',
  insecure_endpoint: 'setup',
  api_key_in_browser: 'setup',
  invalid_options: 'setup',
};

/** Every text by default. Those of errors say what to do, and nothing a server said. */
export const DEFAULT_LABELS: DashboardLabels = {
  title: 'Dashboard',
  loading: 'Loading dashboard…',
  expired: 'Reconnecting…',
  errorTitles: {
    offline: 'No connection',
    session: 'Your session has ended',
    access: 'No access',
    setup: 'This dashboard isn’t set up yet',
    busy: 'The dashboard isn’t available',
    tenant_mismatch: 'You’ve changed accounts',
  },
  errors: {
    offline: 'Check your connection.',
    session: 'Sign in again to see the dashboard.',
    access: 'Ask an administrator for access.',
    setup: 'Tell the people who run this app.',
    busy: 'The service is busy.',
    tenant_mismatch: 'Reload this page.',
  },
  retry: 'Try again',
  retrying: 'Trying again…',
  nextTry: 'Next try in {time}',
  notice: 'Connection trouble. The dashboard may close soon.',
  dismiss: 'Dismiss',
};

export function getErrorKind(code: UpsolveTenantErrorCode): ErrorKind {
  return KINDS[code] ?? 'busy';
}

/** The text for a code: its own, or that of its kind. */
export function getErrorText(texts: ErrorTexts, code: UpsolveTenantErrorCode): string {
  return texts[code] ?? texts[getErrorKind(code)];
}

/** Labels by key: the default, then the provider's, then the guard's own. An `undefined` replaces nothing. */
export function resolveLabels(...overrides: (DashboardLabelOverrides | undefined)[]): DashboardLabels {
  return overrides.reduce<DashboardLabels>(
    (labels, override) => ({
      ...overlay<Omit<DashboardLabels, 'errors' | 'errorTitles'>>(labels, override),
      errorTitles: overlay(labels.errorTitles, override?.errorTitles),
      errors: overlay(labels.errors, override?.errors),
    }),
    DEFAULT_LABELS,
  );
}

function overlay<Fields extends object>(fields: Fields, over: object | undefined): Fields {
  return Object.fromEntries(
    Object.entries({ ...fields, ...over }).map(([key, value]) => [key, value ?? fields[key as keyof Fields]]),
  ) as Fields;
}
