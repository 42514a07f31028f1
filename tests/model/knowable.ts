import type { Scenario } from './scenario';
import type { World } from './world';

/**
 * Whether a page can tell a good token from a dead one at all, of a server that never tells its time or no end. With a
 * fast clock a token that it keeps handing out, or an opaque one with an instant only, looks dead for ever. `isMisled`:
 * the page slept over a request, so that nobody knows on which side of the sleep the server made its token, or its clock
 * was set, which looks like a sleep; a token that is handed out again then keeps the earlier end.
 */
export function canRecover(scenario: Scenario, world: World, isMisled: boolean): boolean {
  const { server, wallOffsetMs } = scenario;
  const { time, format, expiry, reuse } = server;
  if (getInitialGapMs(scenario) > LONGEST_GAP_MS) return false;
  const isEndless = format === 'opaque' && expiry === 'none';
  // Its end was derived once and never moves later: of a token that is kept for longer nothing good can be made.
  if ((isMisled || isEndless) && reuse !== 'never') return false;
  if (time !== 'none' && !isEndless) return true;
  if (wallOffsetMs <= 0 && world.wallOffsetMs() <= 0) return true;
  return format === 'jwt' ? reuse === 'never' : expiry === 'in' || expiry === 'none';
}

const LONGEST_GAP_MS = 100_000;

/**
 * A token that came with the page lives by the page's own clock too. Where that is fast, it ends too soon for the page, and
 * a server that hands it out again gives nothing better until it mints the next: for so long there is none.
 */
function getInitialGapMs({ server: { reuse, lifetimeMs }, app, wallOffsetMs }: Scenario): number {
  if (!app.hasInitialTenant || reuse === 'never') return 0;
  return Math.max(0, reuse === 'half' ? wallOffsetMs - lifetimeMs / 2 : wallOffsetMs);
}

/**
 * Whether a healthy server's tokens follow one another without a gap. One that hands out a token again is asked again
 * after the floor of 30 s, so what was left of that token must be longer; and so must the lead, where the page was misled
 * and only a second statement of the server's time settles it.
 */
export function isLongLived(scenario: Scenario, isMisled: boolean): boolean {
  const { server, app } = scenario;
  const { lifetimeMs, reuse } = server;
  if (reuse === 'never') return lifetimeMs >= 60_000;
  const isLeadLong = (app.refreshLeadMs ?? 60_000) >= 60_000;
  if (reuse !== 'half' || lifetimeMs < 120_000 || getInitialGapMs(scenario) > 0) return false;
  return isLeadLong || !isMisled;
}
