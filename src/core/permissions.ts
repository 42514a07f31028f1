/** The eleven flags that grant something. */
export const GRANTS = [
  'addChart',
  'addFilter',
  'createChart',
  'createChartSQL',
  'editCharts',
  'removeChart',
  'aiCharts',
  'editMarketplace',
  'aiInsight',
  'drillDown',
  'editDashboardName',
] as const;

/** The two flags that take something away; `readOnly` overrides every grant. */
export const RESTRICTIONS = ['disableTabs', 'readOnly'] as const;

/** A flag that grants something, as `can()` takes it. */
export type UpsolveGrant = (typeof GRANTS)[number];

/** One of the 13 flags Upsolve knows. */
export type UpsolvePermissionName = UpsolveGrant | (typeof RESTRICTIONS)[number];

/**
 * What a tenant may do, as one effective set: all 13 flags are present, an absent one is false, and `readOnly` has
 * already turned every grant off. Boolean flags that this version does not know pass under the same rule.
 *
 * The backend is the authority: these flags shape what is offered, they protect nothing.
 */
export type UpsolvePermissions = Readonly<Record<UpsolvePermissionName, boolean>> & {
  readonly [flag: string]: boolean;
};

/** No source, or one that never answered: nothing is granted. */
export const READ_ONLY: UpsolvePermissions = resolvePermissions({ readOnly: true });

/** Flags as they were sent → the effective set. Anything but `true` is false. */
export function resolvePermissions(flags: Readonly<Record<string, unknown>>): UpsolvePermissions {
  const readOnly = flags.readOnly === true;
  const effective: Record<string, boolean> = {};
  for (const name of GRANTS) effective[name] = false;
  for (const [name, value] of Object.entries(flags)) {
    if (typeof value === 'boolean') effective[name] = value && !readOnly;
  }
  effective.disableTabs = flags.disableTabs === true;
  effective.readOnly = readOnly;
  return Object.freeze(effective) as UpsolvePermissions;
}

/** The flags of an answer of the permissions endpoint, wherever it puts them; undefined where it holds none. */
export function parsePermissions(body: unknown): UpsolvePermissions | undefined {
  for (const candidate of candidates(body)) {
    if (isFlags(candidate)) return resolvePermissions(candidate);
  }
  return undefined;
}

/** Flags that stand under a name of their own may be empty; an empty bare object says nothing. */
function* candidates(body: unknown): Generator<unknown> {
  if (!isRecord(body)) return;
  const data = isRecord(body.data) ? body.data : undefined;
  yield isRecord(body.permissions) ? resolvePermissions(body.permissions) : undefined;
  yield isRecord(data?.permissions) ? resolvePermissions(data.permissions) : undefined;
  yield data;
  yield body;
}

export function isSamePermissions(a: UpsolvePermissions, b: UpsolvePermissions): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Whether `now` lacks something that `before` gave: such a change must reach a dashboard at once. */
export function hasLost(before: UpsolvePermissions, now: UpsolvePermissions): boolean {
  return (
    (now.disableTabs && !before.disableTabs) ||
    Object.keys(before).some((name) => name !== 'disableTabs' && name !== 'readOnly' && before[name] && !now[name])
  );
}

/** The flags that old and new both allow, with the restrictions of either: what a dashboard on the old token gets. */
export function intersectPermissions(a: UpsolvePermissions, b: UpsolvePermissions): UpsolvePermissions {
  const both: Record<string, boolean> = {};
  for (const name of Object.keys({ ...a, ...b })) both[name] = a[name] === true && b[name] === true;
  both.disableTabs = a.disableTabs || b.disableTabs;
  both.readOnly = a.readOnly || b.readOnly;
  return resolvePermissions(both);
}

function isFlags(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && [...GRANTS, ...RESTRICTIONS].some((name) => typeof value[name] === 'boolean');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
