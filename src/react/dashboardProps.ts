import type { ComponentType, CSSProperties, ReactNode } from 'react';
import type { UpsolveTenantError, UpsolveTenantErrorCode } from '../core/errors';
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

/** What an error means to the person in front of the page. */
export type ErrorKind = 'offline' | 'session' | 'access' | 'setup' | 'busy';

/** A text for each kind of error, and where one code deserves its own, for that code. */
export type ErrorTexts = Record<ErrorKind, string> & { [Code in UpsolveTenantErrorCode]?: string | undefined };

/** Every text the guard shows. */
export interface DashboardLabels {
  /** Title of the frame, and name of the region. */
  title: string;
  /** Beside the spinner, before the first token. */
  loading: string;
  /** Beside the spinner, while an expired token is being replaced. */
  expired: string;
  /** Heading of the error. */
  errorTitles: ErrorTexts;
  /** What to say to the user below it. */
  errors: ErrorTexts;
  /** The error's button. */
  retry: string;
  /** The same while a try is under way. */
  retrying: string;
  /** `{time}` becomes the time that is left, such as `8 s` or `2 min`. */
  nextTry: string;
  /** The quiet notice while a refresh fails and the token is still good. */
  notice: string;
  /** Name of the button that puts the notice away. */
  dismiss: string;
}

type Optional<Texts> = { [Name in keyof Texts]?: Texts[Name] | undefined };

/** The texts of `DashboardLabels` that a caller replaces; what is left out keeps its default. */
export type DashboardLabelOverrides = Optional<Omit<DashboardLabels, 'errors' | 'errorTitles'>> & {
  /** Heading of the error: by kind (`offline`, `session`, `access`, `setup`, `busy`), or by code. */
  errorTitles?: Optional<ErrorTexts> | undefined;
  /** What to say to the user below it, in the same way. */
  errors?: Optional<ErrorTexts> | undefined;
};

/** What an error fallback is told. */
export interface ErrorFallbackProps {
  /** What happened: its `code` is stable. Its message is for developers. */
  error: UpsolveTenantError;
  /** Safe as `onClick`; never rejects. */
  retry: () => void;
  /** A try is under way. */
  isRefreshing: boolean;
  /** When the next attempt starts by itself; null where none is planned. */
  nextAttemptAt: Date | null;
}

/** What a notice is told. */
export interface NoticeProps extends ErrorFallbackProps {
  /** Puts the notice away until something else fails. */
  dismiss: () => void;
}

/** Content, or a function of it that may use hooks. null is a choice: nothing is shown. */
export type Slot<Props = object> = ReactNode | ((props: Props) => ReactNode);

/** What every guard may be given, and what a provider may give to all of them. A guard's own wins. */
export interface DashboardDefaults {
  /** Texts to replace, one by one. @default a text for each state and each kind of error, in English */
  labels?: DashboardLabelOverrides | undefined;
  /** Shown before the first token. @default a spinner */
  loadingFallback?: Slot | undefined;
  /** Shown while an expired token is being replaced. @default the spinner */
  expiredFallback?: Slot | undefined;
  /** Shown while nothing is asked. @default nothing */
  idleFallback?: Slot | undefined;
  /** Shown where the dashboard can't be. @default a text by kind of error and a button to try again */
  errorFallback?: Slot<ErrorFallbackProps> | undefined;
  /** Shown in the default error of a session that has ended: the app's way to sign in. @default nothing */
  signIn?: Slot<ErrorFallbackProps> | undefined;
  /** Shown over a good dashboard whose refresh fails. @default a small note in the corner, which can be dismissed; null for none */
  notice?: Slot<NoticeProps> | undefined;
  /** When a newer token goes to the dashboard, which then reloads. @default 'natural-break'; 'before-expiry' for a chat */
  handover?: Handover | undefined;
  /** Of the guard's one element, beside its own. @default none */
  className?: string | undefined;
  /** Of the guard's one element: a height, or custom properties. @default none */
  style?: CSSProperties | undefined;
}
