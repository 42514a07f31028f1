// The main entry as a Server Component imports it: what needs a page stays a reference to the client, what needs none runs.
export {
  SecureUpsolveDashboard,
  UpsolveDashboardFrame,
  UpsolveTenantContext,
  UpsolveTenantProvider,
  useTokenRefresh,
  useUpsolveTenant,
} from './index';
export { isUpsolveTenantError, UpsolveTenantError } from './core/errors';
