import type { ReactNode } from 'react';
import { useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { fingerprint } from '@upsolve/dashboard/fingerprint';
import { demoClock } from '../demoClock.ts';
import { useNow } from '../useNow.ts';

const WORDS = {
  idle: 'nothing is asked',
  loading: 'the first token is awaited',
  ready: 'there is a usable token',
  expired: 'a new token is on its way',
  error: 'there is no token',
};

export function Status() {
  const { status, tenant, error } = useUpsolveTenant();
  const { isRefreshing, expiresAt, nextAttemptAt, failureCount, isHandoverPending, handoverNow } = useTokenRefresh();
  const now = useNow();

  return (
    <section aria-labelledby="state">
      <h2 id="state">State</h2>
      <p className="status">
        <strong className={`pill ${status}`} id="status">
          {status}
        </strong>
        <span>{WORDS[status]}</span>
      </p>
      <dl className="facts">
        <Fact name="Newest token">{tenant ? <code id="newest">{fingerprint(tenant.token)}</code> : 'none'}</Fact>
        <Fact name="Ends">{expiresAt ? until(expiresAt, now) : 'no token'}</Fact>
        <Fact name="Next request">{isRefreshing ? 'under way' : until(nextAttemptAt, now)}</Fact>
        <Fact name="Failures in a row">{failureCount}</Fact>
        <Fact name="Last error">{error ? <code>{error.code}</code> : 'none'}</Fact>
        <Fact name="This page’s clock">{spellAhead(demoClock.aheadMs())}</Fact>
      </dl>
      <p className="pending" data-pending={isHandoverPending}>
        {isHandoverPending && 'A newer token waits for a break in the work.'}
        {!isHandoverPending && (tenant ? 'The dashboard runs on the newest token.' : 'No dashboard is shown.')}
        <button type="button" disabled={!isHandoverPending} onClick={handoverNow}>
          Hand over now
        </button>
      </p>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function until(moment: Date | null, now: number): string {
  if (!moment) return 'not planned';
  const seconds = (moment.getTime() - now) / 1_000;
  if (seconds <= 0) return 'now';
  return seconds < 120 ? `in ${seconds.toFixed(0)} s` : `in ${Math.round(seconds / 60)} min`;
}

function spellAhead(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return ms === 0 ? 'right' : `${Math.round(ms / 1_000)} s ahead`;
  return minutes < 120 ? `${minutes} min ahead` : `${Math.round(minutes / 60)} h ahead`;
}
