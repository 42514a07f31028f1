/** Stands for the file in which an app makes its handler. */
import type { UpsolveTenantHandler } from 'react-upsolve-tenant/server';

export declare const handler: UpsolveTenantHandler;
