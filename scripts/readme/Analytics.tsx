import type { ReactElement } from 'react';
import type { SerializedTenant } from 'react-upsolve-tenant/server';

/** Stands for the client component of a guide. */
export declare function Analytics(props: { orgId: string; initialTenant: SerializedTenant }): ReactElement;
