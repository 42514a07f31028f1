import type { RequestReason } from './events';
import { STOP_WAKE_MS, WAKE_GAP_MS } from './schedule';

/** What happens next by itself. */
export type Plan =
  /** Nothing, until `refresh()`, `retry()`, or another identity: after `clear()`. */
  | { readonly kind: 'none' }
  | DuePlan
  /** Rule 6: a stop. A wake asks after 30 s, `refresh()` and `retry()` at once. While the app signs in, no wake does. */
  | { readonly kind: 'stopped'; readonly sinceMs: number; readonly isSigningIn: boolean };

/** A request at a moment of steady time; `at` is the same moment by the page's clock. */
export interface DuePlan {
  readonly kind: 'due';
  readonly atMs: number;
  readonly at: Date;
  readonly reason: RequestReason;
  /** A wake may ask earlier: a backoff that nobody asked for, no Retry-After and no floor. */
  readonly canBePulled: boolean;
}

/** The first of several moments; null where none is planned. */
export function earliest(...moments: readonly (number | null | undefined)[]): number | null {
  const planned = moments.filter((moment) => moment != null);
  return planned.length > 0 ? Math.min(...planned) : null;
}

/** Rule 11: whether a wake may ask now. What is due may anyway; a waiting retry is pulled forward, but no storm is made. */
export function canWake(plan: Plan, nowMs: number, lastAskedMs: number): boolean {
  if (plan.kind === 'due') return plan.atMs <= nowMs || (plan.canBePulled && nowMs - lastAskedMs >= WAKE_GAP_MS);
  return plan.kind === 'stopped' && !plan.isSigningIn && nowMs - plan.sinceMs >= STOP_WAKE_MS;
}
