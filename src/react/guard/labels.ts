import type { DashboardLabelOverrides, DashboardLabels } from '../dashboardProps';

const OUTSIDE = 'The dashboard can’t be loaded right now. This page keeps trying.';
const SETUP = 'The dashboard isn’t set up correctly. Please tell the people who run this app.';
const SIGN_IN = 'Your session has ended. Please sign in again to see the dashboard.';

/** Every text by default. Those of errors are for the person in front of the page: what to do, and nothing a server said. */
export const DEFAULT_LABELS: DashboardLabels = {
  title: 'Dashboard',
  loading: 'Loading dashboard…',
  expired: 'Reconnecting…',
  errorTitle: 'The dashboard isn’t available',
  errors: {
    network: 'The dashboard can’t be reached. Please check your connection.',
    timeout: 'The dashboard takes too long to answer. This page keeps trying.',
    server: OUTSIDE,
    rate_limited: 'Many people are asking right now. This page tries again in a moment.',
    invalid_response: OUTSIDE,
    invalid_api_key: SETUP,
    unauthenticated: SIGN_IN,
    token_expired: SIGN_IN,
    forbidden: 'You don’t have access to this dashboard. Please ask an administrator for it.',
    tenant_mismatch: 'You are signed in to another account by now. Please reload the page.',
    invalid_tenant_configuration: SETUP,
    not_found: SETUP,
    token_expired_on_arrival: OUTSIDE,
    token_not_renewed: OUTSIDE,
    insecure_endpoint: SETUP,
    api_key_in_browser: SETUP,
    invalid_options: SETUP,
    aborted: 'Loading was interrupted. Please try again.',
    default: 'Something went wrong. Please try again.',
  },
  retry: 'Try again',
  retrying: 'Trying again…',
  notice: 'The connection is unsteady. The dashboard may stop updating soon.',
};

/** Labels by key: the default, then the provider's, then the guard's own. An `undefined` replaces nothing. */
export function resolveLabels(...overrides: (DashboardLabelOverrides | undefined)[]): DashboardLabels {
  return overrides.reduce<DashboardLabels>(
    (labels, override) => ({
      ...labels,
      ...defined(override),
      errors: { ...labels.errors, ...defined(override?.errors) },
    }),
    DEFAULT_LABELS,
  );
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function defined<Fields extends object>(fields: Fields | undefined): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
