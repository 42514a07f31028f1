import { createElement as h } from 'react';
import { useLooks } from './looks.js';

export function Button({ style, ...props }) {
  const looks = useLooks();
  return h('button', {
    type: 'button',
    ...props,
    style: {
      font: 'inherit',
      fontSize: 13,
      lineHeight: 1.4,
      padding: '4px 10px',
      minHeight: 28,
      borderRadius: 7,
      border: `1px solid ${looks.line}`,
      background: looks.card,
      color: looks.ink,
      cursor: props.disabled ? 'not-allowed' : 'pointer',
      ...style,
    },
  });
}
