'use client';
export { createFakeBackend } from './testing/createFakeBackend';
export { createFakeTenant } from './testing/createFakeTenant';
export { FakeUpsolveDashboard, getTokenFingerprint } from './testing/FakeUpsolveDashboard';
export { FakeUpsolveTenantProvider } from './testing/FakeUpsolveTenantProvider';

export type {
  FakeBackend,
  FakeBackendOptions,
  FakeBackendProviderProps,
  HangOptions,
  RespondWithOptions,
} from './testing/createFakeBackend';
export type { FakePermissions, FakeTenantOverrides } from './testing/createFakeTenant';
export type { BackendErrorCode, FakeAnswer } from './testing/fakeAnswers';
export type { FakeClock } from './testing/fakeClock';
export type { FakeBackendRequest } from './testing/fakeRequest';
export type { FakeError, FakeProgress, FakeTenantState } from './testing/fakeState';
export type { FakeProviderSpies } from './testing/fakeTenantSource';
export type { FakeDashboardCallbacks, FakeUpsolveDashboardProps } from './testing/FakeUpsolveDashboard';
export type { FakeUpsolveTenantProviderProps } from './testing/FakeUpsolveTenantProvider';
