/** Upsolve's thirteen, as section 1 of its own pages lists them. */
const THIRTEEN = (
  'addChart addFilter createChart createChartSQL editCharts removeChart disableTabs ' +
  'aiCharts editMarketplace readOnly aiInsight drillDown editDashboardName'
).split(' ');

/** One effective set: all thirteen are there, all are booleans, nothing is granted that was not sent, or under readOnly. */
export function judgeFlags(
  effective: Readonly<Record<string, boolean>>,
  sent: Record<string, unknown> | undefined,
): void {
  for (const name of THIRTEEN) {
    if (!Object.hasOwn(effective, name)) throw new Error(`wrong: the flag ${name} is missing`);
  }
  for (const [name, value] of Object.entries(effective)) {
    if (typeof value !== 'boolean') throw new Error(`wrong: the flag ${name} is no boolean`);
    if (!value || !sent) continue;
    if (sent[name] !== true) throw new Error(`wrong: the flag ${name} was not sent`);
    const isRestriction = name === 'disableTabs' || name === 'readOnly';
    if (sent['readOnly'] === true && !isRestriction) throw new Error(`wrong: ${name} is granted under readOnly`);
  }
  if (!sent) return;
  for (const name of ['disableTabs', 'readOnly']) {
    if (sent[name] === true && effective[name] !== true) throw new Error(`wrong: the restriction ${name} is lost`);
  }
  for (const [name, value] of Object.entries(sent)) {
    if (THIRTEEN.includes(name) && value === true && sent['readOnly'] !== true && effective[name] !== true)
      throw new Error(`wrong: the flag ${name} was sent and is not there`);
  }
}
