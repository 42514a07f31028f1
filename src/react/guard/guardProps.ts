import { type ComponentProps, createElement, type ReactNode } from 'react';
import type {
  DashboardComponent,
  DashboardDefaults,
  DashboardLabels,
  DashboardTenantProps,
  Handover,
  Slot,
} from '../dashboardProps';
import { type FrameOptions, UpsolveDashboardFrame } from '../frame/UpsolveDashboardFrame';
import { resolveLabels } from './labels';

export type RenderDashboard = (tenant: DashboardTenantProps) => ReactNode;

interface OwnProps extends DashboardDefaults {
  /** Names the region, and is forwarded. @default labels.title */
  title?: string | undefined;
}

/** What the guard keeps to itself; everything else is the dashboard's. */
type KeptName = keyof DashboardDefaults | keyof DashboardTenantProps | 'component';

/** Of each member of a union; a plain Omit would melt a union into one type. */
type Without<Props, Name extends PropertyKey> = Props extends unknown ? Omit<Props, Name> : never;

/** A provider's `dashboard` may need no id: which one it is, is not known here. */
type ForwardedAnywhere = Without<FrameOptions, KeptName> & {
  dashboardId?: string | undefined;
  agentId?: undefined;
  applicationId?: undefined;
};

type Forwarded<Component extends DashboardComponent> =
  | Without<ComponentProps<Component>, KeptName>
  | (Component extends typeof UpsolveDashboardFrame ? ForwardedAnywhere : never);

export type GuardProps<Component extends DashboardComponent> = OwnProps &
  (
    | ({
        /** What to show; its further props are given here too. @default the provider's `dashboard`, else the frame */
        component?: Component | undefined;
      } & Forwarded<Component>)
    | {
        component?: undefined;
        /** For a dashboard whose props have other names. Called with a usable tenant only, and never with hooks in it. */
        children: RenderDashboard;
      }
  );

const KEPT_NAMES = [
  'labels',
  'loadingFallback',
  'expiredFallback',
  'idleFallback',
  'errorFallback',
  'notice',
  'handover',
  'className',
  'style',
] as const satisfies readonly (keyof DashboardDefaults)[];

export interface ResolvedGuard {
  readonly own: OwnProps;
  readonly labels: DashboardLabels;
  readonly handover: Handover;
  readonly render: RenderDashboard;
}

/** What the guard was given → what holds: its own before the provider's, and what is left over for the dashboard. */
export function resolveGuard(
  props: object,
  defaults: DashboardDefaults | undefined,
  dashboard: DashboardComponent | undefined,
): ResolvedGuard {
  const { component, ...forwarded } = props as OwnProps & { component?: DashboardComponent; children?: unknown };
  const own: Record<string, unknown> = { ...defaults, title: forwarded.title };
  for (const name of KEPT_NAMES) {
    if (forwarded[name] !== undefined) own[name] = forwarded[name];
    delete forwarded[name];
  }
  const { children } = forwarded;
  const Dashboard = component ?? dashboard ?? UpsolveDashboardFrame;
  const isChat = Dashboard === UpsolveDashboardFrame && 'agentId' in forwarded && forwarded.agentId !== undefined;
  return {
    own,
    // A reload ends a chat's conversation.
    handover: (own.handover as Handover | undefined) ?? (isChat ? 'before-expiry' : 'natural-break'),
    labels: resolveLabels(defaults?.labels, (props as OwnProps).labels),
    render: (tenant) =>
      typeof children === 'function' && !component
        ? (children as RenderDashboard)(tenant)
        : createElement(Dashboard, { ...forwarded, ...tenant }),
  };
}

/** A slot's content: its own, or the default where none was given. null is a choice. */
export function fillSlot<Props>(slot: Slot<Props> | undefined, props: Props, getDefault: () => ReactNode): ReactNode {
  if (slot === undefined) return getDefault();
  return typeof slot === 'function' ? slot(props) : slot;
}
