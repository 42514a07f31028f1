/** Upsolve's thirteen, as its own pages list them, and what a backend in Python or SQL calls them. */
const THIRTEEN = (
  'addChart addFilter createChart createChartSQL editCharts removeChart disableTabs ' +
  'aiCharts editMarketplace readOnly aiInsight drillDown editDashboardName'
).split(' ');
const RESTRICTIONS = ['disableTabs', 'readOnly'];
const SNAKE: Readonly<Record<string, string>> = { createChartSQL: 'create_chart_sql' };

const snake = (name: string): string => SNAKE[name] ?? name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

/**
 * One effective set: all thirteen are there, all are booleans, nothing is granted that was not sent as true by every
 * name it was sent by, or under readOnly, and no restriction is lost that was sent as anything but null, false or 0.
 */
export function judgeFlags(
  effective: Readonly<Record<string, boolean>>,
  sent: Record<string, unknown> | undefined,
): void {
  for (const name of THIRTEEN) {
    if (!Object.hasOwn(effective, name)) throw new Error(`wrong: the flag ${name} is missing`);
  }
  for (const [name, value] of Object.entries(effective)) {
    if (typeof value !== 'boolean') throw new Error(`wrong: the flag ${name} is no boolean`);
  }
  if (!sent) return;
  const read = (name: string): unknown[] =>
    [name, snake(name)].filter((spelling) => Object.hasOwn(sent, spelling)).map((spelling) => sent[spelling]);
  const isRestricted = (name: string): boolean =>
    read(name).some((value) => value !== undefined && value !== null && value !== false && value !== 0);
  const isReadOnly = isRestricted('readOnly');
  for (const name of RESTRICTIONS) {
    if (effective[name] !== isRestricted(name)) throw new Error(`wrong: the restriction ${name} is ${effective[name]}`);
  }
  for (const name of Object.keys(effective).filter((one) => !RESTRICTIONS.includes(one))) {
    const values = (THIRTEEN.includes(name) ? read(name) : [sent[name]]).filter((value) => value !== undefined);
    const isGranted = !isReadOnly && values.length > 0 && values.every((value) => value === true);
    if (effective[name] !== isGranted) throw new Error(`wrong: the flag ${name} is ${effective[name]}`);
  }
}
