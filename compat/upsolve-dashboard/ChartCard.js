import { createElement as h, useState } from 'react';
import { Button } from './Button.js';
import { Chart } from './Chart.js';
import { formatCount, formatMoney } from './format.js';
import { useLooks } from './looks.js';
import { useWidth } from './useWidth.js';

const byMonth =
  (key) =>
  ({ months }) =>
    months.map((row) => ({ name: row.month, value: row[key] }));
const byName = (key) => (data) => data[key].map(({ name, revenue }) => ({ name, value: revenue }));
const perOrder = ({ months }) => months.map(({ month, revenue, orders }) => ({ name: month, value: revenue / orders }));

/** The charts there are. Only `revenue` and `channels` stand on a fresh dashboard. */
export const CARDS = {
  revenue: { title: 'Revenue by month', kind: 'area', rows: byMonth('revenue'), format: formatMoney },
  channels: { title: 'Revenue by channel', kind: 'pie', rows: byName('channels'), format: formatMoney },
  orders: { title: 'Orders by month', kind: 'bar', rows: byMonth('orders'), format: formatCount },
  customers: { title: 'New customers', kind: 'line', rows: byMonth('newCustomers'), format: formatCount },
  sql: { title: 'Revenue per order', kind: 'line', rows: perOrder, format: formatMoney },
  ai: { title: 'Revenue per plan', kind: 'bar', rows: byName('plans'), format: formatMoney },
};

const KINDS = ['area', 'bar', 'line'];

export function ChartCard({ card, data, can, onRemove }) {
  const looks = useLooks();
  const [kind, setKind] = useState(card.kind);
  const [hasInsight, setHasInsight] = useState(false);
  const [ref, width] = useWidth(320);
  const rows = card.rows(data);
  const best = rows.reduce((left, right) => (right.value > left.value ? right : left));

  return h(
    'article',
    {
      'aria-label': card.title,
      style: { background: looks.card, border: `1px solid ${looks.line}`, borderRadius: 10, padding: 14, minWidth: 0 },
    },
    h(
      'div',
      { style: { display: 'flex', gap: 6, alignItems: 'center', marginBottom: 8, minHeight: 28 } },
      h('h3', { style: { margin: 0, fontSize: 14, lineHeight: 1.2, flex: '1 1 auto' } }, card.title),
      can('aiInsight') &&
        h(Button, { 'aria-pressed': hasInsight, onClick: () => setHasInsight(!hasInsight) }, 'Insight'),
      can('editCharts') &&
        h(
          Button,
          {
            'aria-label': `Edit ${card.title}`,
            onClick: () => setKind(KINDS[(KINDS.indexOf(kind) + 1) % KINDS.length]),
          },
          'Edit',
        ),
      can('removeChart') && h(Button, { 'aria-label': `Remove ${card.title}`, onClick: onRemove }, '×'),
    ),
    h('div', { ref }, h(Chart, { kind, rows, width, height: 190, title: card.title, format: card.format })),
    can('aiInsight') &&
      hasInsight &&
      h(
        'p',
        { style: { margin: '8px 0 0', color: looks.quiet } },
        `Strongest: ${best.name}, ${card.format(best.value)}.`,
      ),
  );
}
