import { useEffect } from 'react';

/** What the page's components tell of themselves. */
interface Seen {
  /** By the component's name. */
  readonly commits: Record<string, number>;
  /** A dashboard was mounted; told in its commit. */
  onDashboard: () => void;
  /** Of the component that was committed last. */
  refresh: () => Promise<unknown>;
}

export const seen: Seen = {
  commits: { child: 0, reader: 0, dashboard: 0 },
  onDashboard: () => undefined,
  refresh: () => Promise.reject(new Error('Nobody has rendered yet.')),
};

/** An effect without dependencies runs once in each commit that its component is part of. */
export function useCommitCount(name: 'child' | 'reader' | 'dashboard'): void {
  useEffect(() => {
    seen.commits[name]!++;
  });
}
