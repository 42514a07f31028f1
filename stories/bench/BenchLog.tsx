import { useSyncExternalStore } from 'react';
import type { Bench } from './createBench';

/** What was asked and answered, below the story. */
export function BenchLog({ bench }: { bench: Bench }) {
  const log = useSyncExternalStore(bench.subscribe, bench.getLog);
  return (
    <ol className="bench__log" aria-label="Requests">
      {log.map(({ id, text }) => (
        <li key={id}>{text}</li>
      ))}
    </ol>
  );
}
