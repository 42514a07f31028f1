import { type ComponentProps, createElement, type ReactNode } from 'react';
import { UpsolveTenantError } from '../../core/errors';
import type { DashboardComponent, DashboardDefaults, DashboardLabels, DashboardTenantProps } from '../dashboardProps';
import type { UpsolveTenantContextValue } from '../UpsolveTenantContext';
import { resolveLabels } from './labels';

export type RenderDashboard = (tenant: DashboardTenantProps) => ReactNode;

interface OwnProps extends DashboardDefaults {
  /** Names the region, and is forwarded. @default labels.title */
  title?: string | undefined;
}

/** What the guard keeps to itself; everything else is the dashboard's. */
type KeptName = keyof DashboardDefaults | keyof DashboardTenantProps | 'dashboard' | 'title' | 'children';

/** Of each member of a union; a plain Omit would melt a union into one type. */
type Without<Props, Name extends PropertyKey> = Props extends unknown ? Omit<Props, Name> : never;

/** The guard with a dashboard of its own: what is forwarded is typed by it. */
export type BoundGuardProps<Component extends DashboardComponent> = OwnProps & {
  /** What to show; its further props are given here too. */
  dashboard: Component;
  children?: undefined;
} & Without<ComponentProps<Component>, KeptName>;

/** The guard that shows what `children` returns. */
export type RenderGuardProps = OwnProps & {
  dashboard?: undefined;
  /** For a dashboard whose props have other names. Called with a usable tenant only; it may use hooks. */
  children: RenderDashboard;
};

/** The guard that shows the provider's `dashboard`: which one that is isn't known here, so all is forwarded as it is. */
export type OpenGuardProps = OwnProps & {
  dashboard?: undefined;
  children?: undefined;
  token?: undefined;
  permissions?: undefined;
  [forwarded: string]: unknown;
};

const KEPT_NAMES = [
  'labels',
  'loadingFallback',
  'expiredFallback',
  'idleFallback',
  'errorFallback',
  'signIn',
  'notice',
  'handover',
  'className',
  'style',
] as const satisfies readonly (keyof DashboardDefaults)[];

export interface ResolvedGuard {
  readonly own: OwnProps;
  readonly labels: DashboardLabels;
  /** A render function has hooks of its own, so the other kind can't go on in its place. */
  readonly kind: 'render' | 'dashboard';
  /** What shows a tenant; where nothing says what, that is refused. */
  readonly content: RenderDashboard | undefined;
  readonly refusal: UpsolveTenantError | undefined;
}

/** What the guard was given → what holds: its own before the provider's, and what is left over for the dashboard. */
export function resolveGuard(props: object, context: UpsolveTenantContextValue): ResolvedGuard {
  const { dashboardDefaults } = context;
  const { dashboard, children, ...forwarded } = props as OwnProps & {
    dashboard?: DashboardComponent;
    children?: unknown;
  };
  const own: Record<string, unknown> = { ...dashboardDefaults, title: forwarded.title };
  for (const name of KEPT_NAMES) {
    if (forwarded[name] !== undefined) own[name] = forwarded[name];
    delete forwarded[name];
  }
  const labels = resolveLabels(dashboardDefaults?.labels, (props as OwnProps).labels);
  // A reload ends a chat's conversation.
  if ('agentId' in forwarded && forwarded.agentId !== undefined) own.handover ??= 'before-expiry';
  const Dashboard = dashboard ?? context.dashboard;
  const content =
    typeof children === 'function'
      ? (children as RenderDashboard)
      : Dashboard
        ? (tenant: DashboardTenantProps) => createElement(Dashboard, { ...forwarded, ...tenant })
        : undefined;
  const refusal = content
    ? undefined
    : new UpsolveTenantError('invalid_options', { message: 'invalid_options: the guard has no dashboard' });
  return { own, labels, kind: typeof children === 'function' ? 'render' : 'dashboard', content, refusal };
}
