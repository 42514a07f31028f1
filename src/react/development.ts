import { explainFailure, explainUnknownFlags, isSilent, MISTAKES } from '../core/diagnosis';
import type { UpsolveTenantError } from '../core/errors';
import type { RequestOptions, TenantTarget } from '../core/options';
import { GRANTS, READ_ONLY, RESTRICTIONS } from '../core/permissions';
import type { Exchange } from '../core/request';
import type { TenantSource } from '../core/snapshot';
import type { DashboardComponent } from './dashboardProps';

/** What a developer is told on the console, each line once. */
export interface Development {
  readonly explain: (error: UpsolveTenantError, exchange?: Exchange) => void;
  /** Looks at each tenant for what is likely a mistake. */
  readonly watch: (source: TenantSource) => void;
  /** Looks at a tenant that is about to run. */
  readonly noteTarget: (source: TenantSource, target: TenantTarget | null) => void;
  /** Looks at what a guard, known by an object of its own, shows after a render. */
  readonly noteDashboard: (guard: object, dashboard: DashboardComponent | undefined) => void;
}

/** In production there is none, and no bundle holds its texts. */
export let createDevelopment: ((readOptions: () => RequestOptions) => Development) | undefined;
try {
  if (process.env.NODE_ENV !== 'production') createDevelopment = create;
} catch {
  // No process, and no bundler that knows of one: as in production.
}

function create(readOptions: () => RequestOptions): Development {
  const told = new Set<string>();
  const dashboards = new WeakMap<object, DashboardComponent>();
  const say = (line: string): void => {
    const { fetch, endpoint } = readOptions();
    if (told.has(line) || isSilent(fetch) || isSilent(endpoint)) return;
    told.add(line);
    // eslint-disable-next-line no-console -- a developer's mistake is found on the console
    console.warn(line);
  };
  const warn = (mistake: string): void => say(`react-upsolve-tenant: ${mistake}`);
  return {
    explain: (error, exchange) => say(explainFailure(error, exchange)),
    watch(source) {
      const known: readonly string[] = [...GRANTS, ...RESTRICTIONS];
      source.subscribe(() => {
        const permissions = source.getSnapshot().state.tenant?.permissions;
        if (!permissions) return;
        if (permissions === READ_ONLY && readOptions().permissionsEndpoint === undefined) warn(MISTAKES.no_permissions);
        const unknown = Object.keys(permissions).filter((flag) => !known.includes(flag));
        if (unknown.length > 0) warn(explainUnknownFlags(unknown));
      });
    },
    noteTarget(source, target) {
      if (target && source.getSnapshot().echoedIdentity === target.identity) warn(MISTAKES.late_tenant);
    },
    noteDashboard(guard, dashboard) {
      if (!dashboard) return;
      const former = dashboards.get(guard);
      dashboards.set(guard, dashboard);
      // Another component of the same name at each render: it starts anew each time.
      if (former && former !== dashboard && former.name === dashboard.name) warn(MISTAKES.inline_dashboard);
    },
  };
}
