import type { HandoverReason } from '../../core/events';
import { guardMs, leadMs } from '../../core/schedule';
import type { Handover } from '../dashboardProps';

/** For so long the page is hidden, or nobody touches it, before that counts as a break. */
export const BREAK_MS = 30_000;
const DEADLINE_MS = 30_000;

/** How long before its end a token leaves the dashboard at the latest: time for the next frame to load and settle. */
export function handoverDeadlineMs(lifeMs: number, refreshLeadMs: number): number {
  return guardMs(lifeMs) + Math.min(DEADLINE_MS, leadMs(lifeMs, refreshLeadMs) / 3);
}

/** One moment of a dashboard for which a newer token waits. */
export interface HandoverMoment {
  readonly kind: Handover;
  readonly untilDeadlineMs: number;
  /** For how long the page has been hidden; null while it is visible. */
  readonly hiddenMs: number | null;
  /** For how long the page has seen no input. */
  readonly inactiveMs: number;
  /** Over a frame the page sees no input at all: then this says that somebody may be in it. */
  readonly isFrameInUse: boolean;
  /** A reload would show the browser's error page, which can't be told from outside. */
  readonly isOffline: boolean;
}

/** Why the newer token goes over now, or null: it waits. */
export function judgeHandover(moment: HandoverMoment): HandoverReason | null {
  const { kind, hiddenMs, inactiveMs } = moment;
  if (kind === 'immediate') return 'immediate';
  if (moment.untilDeadlineMs <= 0) return 'deadline';
  if (kind === 'before-expiry' || moment.isOffline) return null;
  // A look away that was shorter changes nothing: whoever comes back from it is here again.
  if (hiddenMs !== null) return hiddenMs >= BREAK_MS ? 'hidden' : null;
  return inactiveMs >= BREAK_MS && !moment.isFrameInUse ? 'inactive' : null;
}
