import type { Scenario } from './scenario';
import type { World } from './world';

/**
 * Whether a page can tell a good token from a dead one at all: with a fast clock and a server that never tells its time, a
 * token that it keeps handing out, or an opaque one with an instant only, looks dead for ever.
 */
export function canRecover({ server, wallOffsetMs }: Scenario, world: World): boolean {
  const { time, format, expiry, reuse } = server;
  if (time !== 'none' || (wallOffsetMs <= 0 && world.wallOffsetMs() <= 0)) return true;
  return format === 'jwt' ? reuse === 'never' : expiry === 'in' || expiry === 'none';
}

/** Whether a healthy server's tokens follow one another without a gap. */
export function isLongLived({ server }: Scenario): boolean {
  return server.lifetimeMs >= 60_000 && server.reuse !== 'long';
}
