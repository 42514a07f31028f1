import { createElement as h } from 'react';
import { useLooks } from './looks.js';

const BLOCKS = [
  { height: 36, width: '45%' },
  { height: 84, width: '100%' },
  { height: 220, width: '100%' },
  { height: 180, width: '100%' },
];

/** What is seen for a moment after every new token. */
export function Skeleton() {
  const looks = useLooks();
  const frame = {
    display: 'grid',
    gap: 16,
    alignContent: 'start',
    boxSizing: 'border-box',
    minHeight: '100%',
    padding: 20,
    background: looks.page,
    colorScheme: looks.scheme,
  };
  return h(
    'div',
    { 'aria-busy': true, 'data-upsolve': 'loading', style: frame },
    BLOCKS.map((block, index) =>
      h('div', { key: index, style: { ...block, background: looks.line, borderRadius: 8, opacity: 0.6 } }),
    ),
  );
}
