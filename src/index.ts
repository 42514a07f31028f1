'use client';
export { SecureUpsolveDashboard } from './react/SecureUpsolveDashboard';
export { UpsolveDashboardFrame } from './react/frame/UpsolveDashboardFrame';
export { UpsolveTenantContext } from './react/UpsolveTenantContext';
export { UpsolveTenantProvider } from './react/UpsolveTenantProvider';
export { useTokenRefresh } from './react/useTokenRefresh';
export { useUpsolveTenant } from './react/useUpsolveTenant';
export { isUpsolveTenantError, UpsolveTenantError } from './core/errors';

export type { Clock } from './core/clock';
export type { UpsolveTenantErrorCode, UpsolveTenantErrorDetails } from './core/errors';
export type { HandoverReason, RequestKind, RequestReason, UpsolveTenantEvent } from './core/events';
export type {
  TenantRequestBody,
  TenantRequestContext,
  TenantRequestHeaders,
  TenantRequestOptions,
} from './core/options';
export type { UpsolveGrant, UpsolvePermissionName, UpsolvePermissions } from './core/permissions';
export type { RefreshProgress, TenantSnapshot, TenantState, UpsolveTenantStatus } from './core/snapshot';
export type { UpsolveTenant } from './core/tenant';
export type { RefreshOutcome, TenantSource } from './core/tenantSource';
export type {
  DashboardComponent,
  DashboardDefaults,
  DashboardLabelOverrides,
  DashboardLabels,
  DashboardTenantProps,
  ErrorFallbackProps,
  Handover,
  NoticeProps,
} from './react/dashboardProps';
export type { SecureUpsolveDashboardProps } from './react/SecureUpsolveDashboard';
export type { UpsolveDashboardFrameProps } from './react/frame/UpsolveDashboardFrame';
export type { UpsolveTenantContextValue } from './react/UpsolveTenantContext';
export type { UpsolveTenantProviderProps } from './react/UpsolveTenantProvider';
export type { UseTokenRefreshOptions, UseTokenRefreshResult } from './react/useTokenRefresh';
export type { UseUpsolveTenantResult } from './react/useUpsolveTenant';
