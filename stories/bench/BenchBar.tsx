import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';
import { CLOCK_MOVES, MOODS, SIGNED_OUT, TENANTS } from './benchControls';
import type { Bench, ClockMove, Mood } from './createBench';

const COUNT_MS = 250;

export interface BenchBarProps {
  bench: Bench;
  tenant: string;
  onTenantChange: (tenant: string) => void;
}

/**
 * Time and the backend's mood in one's hand, and what the engine makes of them: above the story, and in view however that
 * is scrolled. It is the bench's, not the package's.
 */
export function BenchBar({ bench, tenant, onTenantChange }: BenchBarProps) {
  const mood = useSyncExternalStore(bench.subscribe, bench.getMood);
  const { status, error, refresh } = useUpsolveTenant();
  const { isRefreshing, expiresAt, nextAttemptAt, isHandoverPending, handoverNow } = useTokenRefresh();
  const now = useBenchNow(bench);
  return (
    <section className="bench" aria-label="Bench">
      <div className="bench__controls">
        <label>
          Backend{' '}
          <select value={mood} onChange={({ target }) => bench.setMood(target.value as Mood)}>
            <Options texts={MOODS} />
          </select>
        </label>
        <label>
          Tenant{' '}
          <select value={tenant} onChange={({ target }) => onTenantChange(target.value)}>
            <Options texts={{ ...TENANTS, [SIGNED_OUT]: 'signed out' }} />
          </select>
        </label>
        {Object.entries(CLOCK_MOVES).map(([move, text]) => (
          <button key={move} type="button" onClick={() => bench.moveClock(move as ClockMove)}>
            {text}
          </button>
        ))}
        <button type="button" onClick={() => void refresh()}>
          Refresh
        </button>
        <button type="button" onClick={handoverNow} aria-disabled={!isHandoverPending}>
          Hand over
        </button>
      </div>
      <dl className="bench__figures">
        <Figure name="Status" value={status} />
        <Figure name="Error" value={error?.code ?? '–'} />
        <Figure name="Token ends in" value={formatLeft(expiresAt, now)} />
        <Figure name="Next request in" value={isRefreshing ? 'now' : formatLeft(nextAttemptAt, now)} />
        <Figure name="Newer token waits" value={isHandoverPending ? 'yes' : 'no'} />
        <Figure name="Clock moved by" value={formatMoved(bench.getMovedMs())} />
      </dl>
    </section>
  );
}

function Options({ texts }: { texts: Readonly<Record<string, string>> }) {
  return Object.entries(texts).map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function formatMoved(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${minutes < 0 ? '−' : ''}${Math.abs(minutes)} min`;
}

function useBenchNow({ backend }: Bench): number {
  const [now, setNow] = useState(() => backend.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(backend.clock.now()), COUNT_MS);
    return () => clearInterval(timer);
  }, [backend]);
  return now;
}

function formatLeft(at: Date | null, now: number): string {
  if (!at) return '–';
  const seconds = Math.max(0, Math.ceil((at.getTime() - now) / 1_000));
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds} s`;
}
