import type { UpsolveTenantHandler } from 'react-upsolve-tenant/server';

/** Stands for the file in which an app makes its handler: the mounts beside it are those of docs/mounting.md. */
export let handler: UpsolveTenantHandler;

/** What a mount that is imported from now on serves. */
export function serveHandler(served: UpsolveTenantHandler): void {
  handler = served;
}
