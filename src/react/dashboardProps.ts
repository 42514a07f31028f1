import type { ComponentType, CSSProperties, ReactNode } from 'react';
import type { UpsolveTenantError } from '../core/errors';
import type { UpsolvePermissions } from '../core/permissions';

/** What a dashboard is given by its guard. */
export interface DashboardTenantProps {
  token: string;
  permissions: UpsolvePermissions;
}

/** Any component that takes `token` and `permissions`; `@upsolve/dashboard`'s `UpsolveDashboard` is one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its further props are typed where it is given to a guard
export type DashboardComponent = ComponentType<any>;

/** When a newer token goes to the dashboard, which then reloads. */
export type Handover = 'immediate' | 'natural-break' | 'before-expiry';

/** Every text the guard shows. */
export interface DashboardLabels {
  /** Title of the frame, and name of the region. */
  title: string;
  loading: string;
  expired: string;
  /** Heading of the error. */
  errorTitle: string;
  /** What to say to the user, by code; `default` for a code that this version does not know. */
  errors: Record<UpsolveTenantError['code'] | 'default', string>;
  retry: string;
  retrying: string;
  /** The quiet notice while a refresh fails and the token is still good. */
  notice: string;
}

type Optional<Texts> = { [Name in keyof Texts]?: Texts[Name] | undefined };

/** The texts of `DashboardLabels` that a caller replaces; what is left out keeps its default. */
export type DashboardLabelOverrides = Optional<Omit<DashboardLabels, 'errors'>> & {
  errors?: Optional<DashboardLabels['errors']> | undefined;
};

/** What an error fallback is told. */
export interface ErrorFallbackProps {
  error: UpsolveTenantError;
  /** Safe as `onClick`; never rejects. */
  retry: () => void;
  isRefreshing: boolean;
  nextAttemptAt: Date | null;
}

/** What a notice is told. */
export type NoticeProps = ErrorFallbackProps;

export type Slot<Props> = ReactNode | ((props: Props) => ReactNode);

/** What every guard may be given, and what a provider may give to all of them. A guard's own wins. */
export interface DashboardDefaults {
  labels?: DashboardLabelOverrides | undefined;
  /** Shown before the first token. @default a spinner */
  loadingFallback?: ReactNode;
  /** Shown while an expired token is being replaced. @default the spinner */
  expiredFallback?: ReactNode;
  /** Shown while nothing is asked. @default nothing */
  idleFallback?: ReactNode;
  /** Shown where the dashboard can't be. @default a text by code and a button to try again */
  errorFallback?: Slot<ErrorFallbackProps>;
  /** Shown above a good dashboard whose refresh fails. @default one quiet line; null for none */
  notice?: Slot<NoticeProps>;
  /** @default 'natural-break' */
  handover?: Handover | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}
