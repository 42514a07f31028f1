import { createElement as h } from 'react';
import { Button } from './Button.js';

/** One button for each grant that adds something; without the grant there is no button. */
const ACTIONS = [
  { grant: 'addChart', text: 'Add chart', card: 'orders', note: 'Added “Orders” from the library.' },
  { grant: 'createChart', text: 'Create chart', card: 'customers', note: 'Created “New customers”.' },
  { grant: 'createChartSQL', text: 'Create with SQL', card: 'sql', note: 'Ran: select month, revenue / orders.' },
  { grant: 'aiCharts', text: 'Ask AI for a chart', card: 'ai', note: 'The assistant drew “Revenue per plan”.' },
  { grant: 'editMarketplace', text: 'Marketplace', note: 'The marketplace would open here.' },
];

export function Toolbar({ can, onAddCard, onNote }) {
  const allowed = ACTIONS.filter(({ grant }) => can(grant));
  if (allowed.length === 0) return null;
  return h(
    'div',
    { role: 'group', 'aria-label': 'Edit the dashboard', style: { display: 'flex', flexWrap: 'wrap', gap: 8 } },
    allowed.map(({ grant, text, card, note }) =>
      h(Button, { key: grant, onClick: () => (card ? onAddCard(card, note) : onNote(note)) }, text),
    ),
  );
}
