const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', notation: 'compact' });
const count = new Intl.NumberFormat('en', { notation: 'compact' });
const percent = new Intl.NumberFormat('en', { style: 'percent', signDisplay: 'always', maximumFractionDigits: 0 });

export const formatMoney = (value) => money.format(value);
export const formatCount = (value) => count.format(value);
export const formatPercent = (value) => percent.format(value);
