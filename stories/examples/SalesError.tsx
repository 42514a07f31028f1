import type { ErrorFallbackProps } from 'react-upsolve-tenant';

/** Says what happened and whether it goes on by itself, and tries at once where that is wanted. */
export function SalesError({ error, retry, isRefreshing, nextAttemptAt }: ErrorFallbackProps) {
  return (
    <div style={{ display: 'grid', justifyItems: 'start', gap: 12, padding: 20 }}>
      <div role="alert">
        <p style={{ margin: 0, fontWeight: 600 }}>Sales are out of reach ({error.code})</p>
        <p style={{ margin: 0 }}>{nextAttemptAt ? 'We keep trying.' : 'Write to support if it stays so.'}</p>
      </div>
      <button type="button" onClick={retry} aria-disabled={isRefreshing}>
        Fetch the sales again
      </button>
    </div>
  );
}
