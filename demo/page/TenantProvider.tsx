import type { ReactNode } from 'react';
import { UpsolveTenantProvider } from 'react-upsolve-tenant';
import type { DemoSession } from '../contract.ts';
import { demoClock } from './demoClock.ts';
import { eventLog } from './eventLog.ts';

interface TenantProviderProps {
  session: Pick<DemoSession, 'tenantId' | 'userId'> | null;
  children: ReactNode;
}

export function TenantProvider({ session, children }: TenantProviderProps) {
  return (
    <UpsolveTenantProvider
      endpoint="/upsolve/tenant/register"
      refreshEndpoint="/upsolve/tenant/refresh-token"
      permissionsEndpoint="/upsolve/permissions/tenant-settings/"
      tenantId={session?.tenantId ?? null}
      sessionKey={session?.userId}
      // For this page only: its log, a clock that can be moved, and patience while a scene holds the backend.
      onEvent={eventLog.add}
      clock={demoClock}
      requestTimeoutMs={30_000}
    >
      {children}
    </UpsolveTenantProvider>
  );
}
