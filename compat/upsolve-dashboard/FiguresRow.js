import { createElement as h } from 'react';
import { formatCount, formatMoney, formatPercent } from './format.js';
import { useLooks } from './looks.js';

export function FiguresRow({ data: { totals, change } }) {
  const looks = useLooks();
  const figures = [
    ['Revenue', formatMoney(totals.revenue)],
    ['Orders', formatCount(totals.orders)],
    ['New customers', formatCount(totals.newCustomers)],
    ['Growth', formatPercent(change)],
  ];
  return h(
    'dl',
    {
      style: {
        display: 'grid',
        gap: 12,
        margin: 0,
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 120px), 1fr))',
      },
    },
    figures.map(([name, value]) =>
      h(
        'div',
        {
          key: name,
          style: { background: looks.card, border: `1px solid ${looks.line}`, borderRadius: 10, padding: '8px 14px' },
        },
        h('dt', { style: { color: looks.quiet, fontSize: 13 } }, name),
        h('dd', { style: { margin: 0, fontSize: 22, fontVariantNumeric: 'tabular-nums' } }, value),
      ),
    ),
  );
}
