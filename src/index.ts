'use client';
export { SecureUpsolveDashboard } from './react/SecureUpsolveDashboard';
export { UpsolveDashboardFrame } from './react/frame/UpsolveDashboardFrame';
export { UpsolveTenantContext } from './react/UpsolveTenantContext';
export { UpsolveTenantProvider } from './react/UpsolveTenantProvider';
export { useTokenRefresh } from './react/useTokenRefresh';
export { useUpsolveTenant } from './react/useUpsolveTenant';
export { isUpsolveTenantError, UpsolveTenantError } from './core/errors';

export type { UpsolveTenantErrorCode, UpsolveTenantErrorDetails } from './core/errors';
export type { HandoverReason, TenantCallbacks, UpsolveTenantEvent } from './core/events';
export type {
  TenantEndpointFunction,
  TenantRequestBody,
  TenantRequestContext,
  TenantRequestHeaders,
  TenantRequestOptions,
} from './core/options';
export type { UpsolveGrant, UpsolvePermissionName, UpsolvePermissions } from './core/permissions';
export type { Clock, RequestKind, RequestReason, TokenEnd } from './core/schedule';
export type {
  RefreshProgress,
  TenantSnapshot,
  TenantSource,
  TenantState,
  UpsolveTenant,
  UpsolveTenantStatus,
} from './core/snapshot';
export type {
  DashboardComponent,
  DashboardDefaults,
  DashboardLabelOverrides,
  DashboardLabels,
  DashboardTenantProps,
  ErrorFallbackProps,
  ErrorKind,
  ErrorTexts,
  Handover,
  NoticeProps,
  Slot,
} from './react/dashboardProps';
export type { SecureUpsolveDashboardProps } from './react/SecureUpsolveDashboard';
export type { UpsolveDashboardFrameProps } from './react/frame/UpsolveDashboardFrame';
export type { UpsolveTenantContextValue } from './react/UpsolveTenantContext';
export type { InitialTenantAnswer, UpsolveTenantProviderProps } from './react/UpsolveTenantProvider';
export type { UseTokenRefreshResult } from './react/useTokenRefresh';
export type { UseUpsolveTenantResult } from './react/useUpsolveTenant';
