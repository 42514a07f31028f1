import { useTokenRefresh } from 'react-upsolve-tenant';
import { useNow } from '../useNow.ts';

/** How long the token in use is still good, in words and as a line with a mark where the next one is asked for. */
export function LifeLine() {
  const { expiresAt, nextAttemptAt, lastRefreshedAt } = useTokenRefresh();
  const now = useNow();
  const until = expiresAt?.getTime() ?? now;
  const from = lastRefreshedAt?.getTime() ?? now;
  const share = (moment: number): string =>
    `${Math.min(100, Math.max(0, (100 * (moment - from)) / (until - from || 1)))}%`;

  return (
    <div className="life">
      <span>{expiresAt ? `Token: ${spell(until - now)} left` : 'No token'}</span>
      <svg aria-hidden="true">
        {expiresAt && <rect className="passed" width={share(now)} height="100%" />}
        {expiresAt && nextAttemptAt && (
          <rect className="due" x={share(nextAttemptAt.getTime())} width="2" height="100%" />
        )}
      </svg>
    </div>
  );
}

function spell(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
