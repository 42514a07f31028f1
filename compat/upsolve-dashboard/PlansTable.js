import { createElement as h, Fragment, useState } from 'react';
import { Button } from './Button.js';
import { formatMoney } from './format.js';
import { useLooks } from './looks.js';

/** Revenue by plan; with drill-down a row opens to the channels behind it. */
export function PlansTable({ plans, channels, canDrillDown }) {
  const looks = useLooks();
  const [open, setOpen] = useState(null);
  const total = plans.reduce((sum, { revenue }) => sum + revenue, 0);
  const all = channels.reduce((sum, { revenue }) => sum + revenue, 0);
  const cell = { padding: '7px 8px', borderTop: `1px solid ${looks.line}`, textAlign: 'right' };
  const first = { ...cell, textAlign: 'left' };

  return h(
    'table',
    {
      style: {
        width: '100%',
        borderCollapse: 'collapse',
        background: looks.card,
        border: `1px solid ${looks.line}`,
        fontVariantNumeric: 'tabular-nums',
      },
    },
    h('caption', { style: { textAlign: 'left', padding: '0 0 6px', fontWeight: 600 } }, 'Revenue by plan'),
    h(
      'thead',
      { style: { color: looks.quiet, fontSize: 13 } },
      h(
        'tr',
        null,
        h('th', { scope: 'col', style: first }, 'Plan'),
        h('th', { scope: 'col', style: cell }, 'Revenue'),
        h('th', { scope: 'col', style: cell }, 'Share'),
      ),
    ),
    h(
      'tbody',
      null,
      plans.map(({ name, revenue }) =>
        h(
          Fragment,
          { key: name },
          h(
            'tr',
            null,
            h(
              'th',
              { scope: 'row', style: { ...first, fontWeight: 400 } },
              canDrillDown
                ? h(
                    Button,
                    {
                      'aria-expanded': open === name,
                      onClick: () => setOpen(open === name ? null : name),
                      style: { border: 0, background: 'none', padding: '2px 0', minHeight: 0, color: looks.accent },
                    },
                    name,
                  )
                : name,
            ),
            h('td', { style: cell }, formatMoney(revenue)),
            h('td', { style: cell }, `${Math.round((revenue / total) * 100)} %`),
          ),
          canDrillDown &&
            open === name &&
            channels.map((channel) =>
              h(
                'tr',
                { key: channel.name, style: { color: looks.quiet, background: looks.page } },
                h('td', { style: { ...first, paddingLeft: 24 } }, channel.name),
                h('td', { style: cell }, formatMoney((revenue * channel.revenue) / all)),
                h('td', { style: cell }, `${Math.round((channel.revenue / all) * 100)} %`),
              ),
            ),
        ),
      ),
    ),
  );
}
