import { createElement as h, useState } from 'react';
import { Button } from './Button.js';
import { useLooks } from './looks.js';
import { REGIONS } from './tenantData.js';

const PERIODS = { 12: 'Last 12 months', 6: 'Last 6 months', 3: 'Last 3 months' };

export function FilterBar({ filters, onChange, can }) {
  const [hasRegion, setHasRegion] = useState(filters.region !== undefined);
  const isRegionShown = hasRegion || filters.region !== undefined;
  return h(
    'div',
    { style: { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' } },
    h(Choice, {
      label: 'Period',
      value: filters.period ?? '12',
      options: Object.entries(PERIODS).sort((left, right) => right[0] - left[0]),
      onChange: (period) => onChange(without({ ...filters, period }, period === '12' ? 'period' : '')),
    }),
    isRegionShown &&
      h(Choice, {
        label: 'Region',
        value: filters.region ?? '',
        options: [['', 'All regions'], ...REGIONS.map((region) => [region, region])],
        onChange: (region) => onChange(without({ ...filters, region }, region === '' ? 'region' : '')),
      }),
    can('addFilter') && !isRegionShown && h(Button, { onClick: () => setHasRegion(true) }, 'Add filter'),
  );
}

function Choice({ label, value, options, onChange }) {
  const looks = useLooks();
  return h(
    'select',
    {
      'aria-label': label,
      value,
      onChange: (event) => onChange(event.target.value),
      style: {
        font: 'inherit',
        fontSize: 13,
        minHeight: 28,
        padding: '3px 6px',
        borderRadius: 7,
        border: `1px solid ${looks.line}`,
        background: looks.card,
        color: looks.ink,
      },
    },
    options.map(([id, text]) => h('option', { key: id, value: id }, text)),
  );
}

function without(filters, name) {
  const { [name]: _, ...rest } = filters;
  return rest;
}
