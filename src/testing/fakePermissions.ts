import type { UpsolvePermissionName, UpsolvePermissions } from 'react-upsolve-tenant';
import { resolvePermissions } from '../core/permissions';

/**
 * The flags that a fake backend sends, read as the provider reads them: what is left out is false, a grant counts only as
 * `true`, a restriction unless null, false or 0. Flags of later versions may be added.
 */
export type FakePermissions = Readonly<Partial<Record<UpsolvePermissionName, boolean>>> & {
  readonly [flag: string]: boolean | undefined;
};

/** Someone who looks at dashboards and may ask of them, but changes nothing. */
const VIEWER: FakePermissions = { addFilter: true, aiInsight: true, drillDown: true };

/** Flags → the effective set, by the very rules of the provider. @default a viewer's */
export function resolveFakePermissions(flags: FakePermissions = VIEWER): UpsolvePermissions {
  return resolvePermissions(flags);
}
