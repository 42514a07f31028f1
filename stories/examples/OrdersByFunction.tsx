import { UpsolveDashboard } from '@upsolve/dashboard';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';

/** A function takes what the guard has to give, so a dashboard's props may have any names. */
export function OrdersByFunction() {
  return (
    <SecureUpsolveDashboard title="Orders">
      {({ token, permissions }) => <UpsolveDashboard token={token} permissions={permissions} dashboardId="orders" />}
    </SecureUpsolveDashboard>
  );
}
