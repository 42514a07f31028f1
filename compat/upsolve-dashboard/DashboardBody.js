import { createElement as h, useState } from 'react';
import { CARDS, ChartCard } from './ChartCard.js';
import { FilterBar } from './FilterBar.js';
import { FiguresRow } from './FiguresRow.js';
import { Heading } from './Heading.js';
import { useLooks } from './looks.js';
import { PlansTable } from './PlansTable.js';
import { Tabs } from './Tabs.js';
import { tenantData } from './tenantData.js';
import { tenantName } from './tenantName.js';
import { Toolbar } from './Toolbar.js';
import { useWidth } from './useWidth.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const NARROW = 480;
/** A notice of whoever embeds the dashboard lies at its end: there is room for it, and nothing to be read. */
const STRIP = { position: 'sticky', bottom: 0, zIndex: 2, marginTop: 'auto' };

export function DashboardBody({ token, mark, permissions, dashboardId = 'revenue', filters, onFiltersChange }) {
  const looks = useLooks();
  const [ownFilters, setOwnFilters] = useState({});
  const [tab, setTab] = useState('overview');
  const [cards, setCards] = useState(['revenue', 'channels']);
  const [note, setNote] = useState('');

  const can = (grant) => permissions?.[grant] === true && permissions.readOnly !== true;
  const tenant = tenantName(token);
  const activeFilters = filters ?? ownFilters;
  const data = tenantData(tenant, activeFilters);
  const changeFilters = (next) => {
    setOwnFilters(next);
    onFiltersChange?.(next);
  };
  const addCard = (id, text) => {
    setCards((shown) => (shown.includes(id) ? shown : [...shown, id]));
    setNote(text);
  };

  const [ref, width] = useWidth(640);
  const isNarrow = width < NARROW;
  const pad = isNarrow ? 12 : 20;

  return h(
    'section',
    {
      ref,
      'aria-label': `Dashboard of ${tenant}`,
      'data-upsolve': 'dashboard',
      'data-tenant': tenant,
      'data-token': mark,
      style: {
        display: 'flex',
        flexDirection: 'column',
        boxSizing: 'border-box',
        minHeight: '100%',
        background: looks.page,
        color: looks.ink,
        colorScheme: looks.scheme,
        font: `14px/1.45 ${FONT}`,
      },
    },
    h(
      'div',
      { style: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: isNarrow ? 10 : 16, padding: pad } },
      h(Heading, { tenant, mark, dashboardId, isReadOnly: permissions?.readOnly === true, can }),
      h(
        'div',
        {
          style: {
            display: 'flex',
            flexWrap: 'wrap',
            gap: '4px 12px',
            alignItems: 'center',
            paddingBottom: 6,
            borderBottom: `1px solid ${looks.line}`,
          },
        },
        h(Tabs, { tab, onTab: setTab, isDisabled: permissions?.disableTabs === true }),
        h(FilterBar, { filters: activeFilters, onChange: changeFilters, can }),
        h(Toolbar, { can, onAddCard: addCard, onNote: setNote }),
        h('p', { role: 'status', style: { margin: 0, color: looks.quiet } }, note),
      ),
      h(FiguresRow, { data }),
      h(
        'div',
        {
          style: { display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' },
        },
        (tab === 'overview' ? cards : ['orders', 'customers']).map((id) =>
          h(ChartCard, {
            key: id,
            card: CARDS[id],
            data,
            can,
            onRemove: () => setCards((shown) => shown.filter((other) => other !== id)),
          }),
        ),
      ),
      h(PlansTable, { plans: data.plans, channels: data.channels, canDrillDown: can('drillDown') }),
    ),
    h('div', {
      'data-upsolve': 'strip',
      // Where it is narrow, a notice has two lines.
      style: {
        ...STRIP,
        minHeight: isNarrow ? '4rem' : '3rem',
        background: looks.page,
        borderTop: `1px solid ${looks.line}`,
      },
    }),
  );
}
