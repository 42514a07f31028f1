import { createElement as h, useState } from 'react';
import { Button } from './Button.js';
import { useLooks } from './looks.js';

/** Name of the dashboard, whose it is, and by which token it was drawn. */
export function Heading({ tenant, mark, dashboardId, isReadOnly, can }) {
  const looks = useLooks();
  const [name, setName] = useState(() => `${dashboardId[0].toUpperCase()}${dashboardId.slice(1)} overview`);
  const [isEditing, setEditing] = useState(false);
  const badge = { border: `1px solid ${looks.line}`, borderRadius: 999, padding: '1px 10px', fontSize: 12 };

  return h(
    'header',
    { style: { display: 'flex', flexWrap: 'wrap', gap: 10, alignItems: 'center' } },
    h(
      'div',
      { style: { flex: '1 1 220px' } },
      h('div', { style: { color: looks.quiet, fontSize: 13 } }, tenant),
      isEditing
        ? h('input', {
            'aria-label': 'Name of the dashboard',
            autoFocus: true,
            value: name,
            onChange: (event) => setName(event.target.value),
            onBlur: () => setEditing(false),
            onKeyDown: (event) => event.key === 'Enter' && setEditing(false),
            style: { font: 'inherit', fontSize: 20, padding: '2px 6px', maxWidth: '100%', boxSizing: 'border-box' },
          })
        : h('h2', { style: { margin: 0, fontSize: 20, lineHeight: 1.3 } }, name),
    ),
    can('editDashboardName') && !isEditing && h(Button, { onClick: () => setEditing(true) }, 'Rename'),
    isReadOnly && h('span', { style: { ...badge, color: looks.quiet } }, 'Read only'),
    h(
      'span',
      { title: 'Fingerprint of the token this was drawn with', style: { ...badge, color: looks.quiet } },
      'token ',
      h('code', { style: { color: looks.ink } }, mark),
    ),
  );
}
