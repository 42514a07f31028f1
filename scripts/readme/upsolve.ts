import type { TenantIdentity, UpsolveTenantHandler } from 'react-upsolve-tenant/server';

/** Stands for the file in which an app makes its handler. */
export declare const handler: UpsolveTenantHandler;
export declare function identify(): Promise<(TenantIdentity & { tenantId: string }) | null>;
