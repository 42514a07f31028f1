import { createElement as h } from 'react';
import { Button } from './Button.js';
import { useLooks } from './looks.js';

const TABS = { overview: 'Overview', customers: 'Customers' };

export function Tabs({ tab, onTab, isDisabled }) {
  const looks = useLooks();
  return h(
    'div',
    {
      role: 'group',
      'aria-label': 'Tabs',
      style: { display: 'flex', gap: 4 },
    },
    Object.entries(TABS).map(([id, text]) =>
      h(
        Button,
        {
          key: id,
          'aria-pressed': tab === id,
          disabled: isDisabled,
          onClick: () => onTab(id),
          style: {
            border: 0,
            borderBottom: `2px solid ${tab === id ? looks.accent : 'transparent'}`,
            borderRadius: 0,
            background: 'none',
            color: isDisabled || tab !== id ? looks.quiet : looks.ink,
          },
        },
        text,
      ),
    ),
  );
}
