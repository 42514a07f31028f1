/** Packages that the README's examples name and this repository does not install. */
declare module '@upsolve-labs/sdk' {
  export function UpsolveDashboard(props: {
    dashboardId: string;
    tenantJWT: string;
    tenantEditingPermissions: Record<string, boolean>;
  }): import('react').ReactElement;
}

declare module '@sentry/browser' {
  export function init(options: {
    beforeBreadcrumb(breadcrumb: { data?: Record<string, string> }): unknown;
    beforeSendSpan(span: { description?: string }): unknown;
  }): void;
}

declare module 'next/server' {
  export function connection(): Promise<void>;
}
