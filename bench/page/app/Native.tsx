import { type ReactElement, useLayoutEffect } from 'react';
import { seen, useCommitCount } from './seen';

export interface NativeProps {
  readonly token: string;
  readonly permissions: Readonly<Record<string, boolean>>;
}

/** A dashboard that costs nothing itself. Its attribute says on which token it runs. */
export function Native({ token, permissions }: NativeProps): ReactElement {
  useCommitCount('dashboard');
  useLayoutEffect(() => seen.onDashboard(), []);
  return (
    <section data-token={token} aria-label="Sales">
      {Object.keys(permissions).length} permissions
    </section>
  );
}

/** A part of the host's page that has nothing to do with the dashboard. */
export function Child(): ReactElement {
  useCommitCount('child');
  return <p>Something of the host</p>;
}
