import type { ReactElement } from 'react';
import { PANEL } from './looks';
import { Spinner } from './Spinner';

export function LoadingPanel({ text }: { text: string }): ReactElement {
  return (
    <div className="upsolve-tenant__panel" style={PANEL}>
      <Spinner />
      <span>{text}</span>
    </div>
  );
}
