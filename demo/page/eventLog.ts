import type { UpsolveTenantEvent } from 'react-upsolve-tenant';
import { demoClock } from './demoClock.ts';

export interface LogLine {
  key: number;
  at: number;
  event: UpsolveTenantEvent;
}

const KEPT = 40;

let lines: readonly LogLine[] = [];
const listeners = new Set<() => void>();

/** The last things the provider told by `onEvent`, newest first. Outside of React, so that only the log renders for them. */
export const eventLog = {
  add(event: UpsolveTenantEvent): void {
    lines = [{ key: (lines[0]?.key ?? 0) + 1, at: demoClock.now(), event }, ...lines].slice(0, KEPT);
    for (const listener of listeners) listener();
  },
  getLines: (): readonly LogLine[] => lines,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
