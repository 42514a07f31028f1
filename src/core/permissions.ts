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
 * already turned every grant off. Boolean flags that this version does not know pass as grants do.
 *
 * The backend is the authority: these flags shape what is offered, they protect nothing.
 */
export type UpsolvePermissions = Readonly<Record<UpsolvePermissionName, boolean>> & {
  readonly [flag: string]: boolean;
};

/** All 13, as they are where nothing is said of them. */
const UNSAID = Object.fromEntries([...GRANTS, ...RESTRICTIONS].map((name) => [name, false]));

/** Known flags by their folded name. */
const KNOWN = new Map(Object.keys(UNSAID).map((name) => [foldName(name), name]));

/** Looked for on the prototype too, where some libraries put the columns of a row: in doubt it restricts. */
const INHERITABLE = ['disableTabs', 'disable_tabs', 'readOnly', 'read_only'];

/** No source, or one that never answered: nothing is granted. */
export const READ_ONLY: UpsolvePermissions = resolvePermissions({ readOnly: true });

/**
 * Flags as they were sent → the effective set; what is in doubt is read strictly. A grant counts only as exactly `true`.
 * A restriction counts unless it is absent, null, false or 0: a row of SQLite or MySQL says `readOnly: 1`. A flag that
 * is there in two spellings must be granted by both, and is restricted by either. Anything but an object of flags is no
 * source.
 */
export function resolvePermissions(flags: unknown): UpsolvePermissions {
  if (!isRecord(flags)) return READ_ONLY;
  const said: Record<string, boolean> = {};
  for (const spelling of [...INHERITABLE, ...Object.keys(flags)]) {
    const value = flags[spelling];
    if (value === undefined) continue;
    const known = KNOWN.get(foldName(spelling));
    if (known === 'disableTabs' || known === 'readOnly') {
      said[known] ||= value !== null && value !== false && value !== 0;
    } else if (known) said[known] = value === true && said[known] !== false;
    else if (typeof value === 'boolean') said[spelling] = value;
  }
  const effective: Record<string, boolean> = { ...UNSAID, ...said };
  const { disableTabs, readOnly } = effective;
  if (readOnly) for (const name in effective) effective[name] = false;
  return Object.freeze({ ...effective, disableTabs, readOnly }) as UpsolvePermissions;
}

/** The flags of an answer of the permissions endpoint, wherever it puts them; undefined where it holds none. */
export function parsePermissions(body: unknown): UpsolvePermissions | undefined {
  const flags = findFlags(body);
  return flags && resolvePermissions(flags);
}

/** The same flags as they were sent. */
export function findFlags(body: unknown): Record<string, unknown> | undefined {
  if (!isRecord(body)) return undefined;
  const data = isRecord(body.data) ? body.data : undefined;
  // Flags that stand under a name of their own may be empty; an empty bare object says nothing.
  return [body.permissions, data?.permissions].find(isRecord) ?? [data, body].find(holdsFlags);
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

/** Whether a name is a spelling of one of the 13. */
export function isKnownFlag(name: string): boolean {
  return KNOWN.has(foldName(name));
}

/** `add_chart`, `createChartSql` and the `readonly` of SQL are spellings of the names above. */
function foldName(name: string): string {
  return name.replace(/([a-z\d])_(?=[a-z\d])/gi, '$1').toLowerCase();
}

function holdsFlags(value: Record<string, unknown> | undefined): boolean {
  return Object.entries(value ?? {}).some(([name, flag]) => isKnownFlag(name) && (flag ?? undefined) !== undefined);
}

/** Not a list, a Map or a form: their entries are no properties. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}
