import { randomBySeed } from './random.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const REGIONS = ['North', 'South', 'East', 'West'];
const CHANNELS = ['Direct', 'Search', 'Partners', 'Email'];
const PLANS = ['Starter', 'Team', 'Business', 'Enterprise', 'Add-ons'];

/** A year of sample figures that is always the same for the same tenant. */
export function tenantData(tenant, { period = '12', region } = {}) {
  const random = randomBySeed(tenant);
  const size = 40 + Math.round(random() * 160);
  const growth = 0.01 + random() * 0.05;
  const wave = random() * Math.PI * 2;
  const shares = REGIONS.map(() => 0.5 + random());
  const total = shares.reduce((sum, share) => sum + share, 0);
  const share = region ? shares[REGIONS.indexOf(region)] / total : 1;

  const months = MONTHS.map((month, index) => {
    const season = 1 + 0.12 * Math.sin(wave + (index / 12) * Math.PI * 2);
    const revenue = Math.round(size * 1000 * share * (1 + growth) ** index * season * (0.95 + random() * 0.1));
    const orders = Math.max(1, Math.round(revenue / (38 + random() * 14)));
    return { month, revenue, orders, newCustomers: Math.round(orders * (0.08 + random() * 0.05)) };
  }).slice(-Number(period));

  const revenue = sum(months, 'revenue');
  return {
    months,
    totals: { revenue, orders: sum(months, 'orders'), newCustomers: sum(months, 'newCustomers') },
    change: months.at(-1).revenue / months[0].revenue - 1,
    channels: split(CHANNELS, revenue, random),
    plans: split(PLANS, revenue, random),
  };
}

function sum(rows, key) {
  return rows.reduce((total, row) => total + row[key], 0);
}

function split(names, total, random) {
  const weights = names.map(() => 0.3 + random());
  const all = weights.reduce((left, right) => left + right, 0);
  return names
    .map((name, index) => ({ name, revenue: Math.round((total * weights[index]) / all) }))
    .sort((left, right) => right.revenue - left.revenue);
}
