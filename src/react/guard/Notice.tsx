import type { ReactElement } from 'react';
import { NOTICE } from './looks';

export function Notice({ text }: { text: string }): ReactElement {
  return (
    <p className="upsolve-tenant__notice" style={NOTICE}>
      {text}
    </p>
  );
}
