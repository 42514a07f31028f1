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

/**
 * Whether a healthy server's tokens follow one another without a gap. One that hands out a token again is asked again after
 * the floor of 30 s, so what was left of that token must be longer; and where it tells no time, a clock that was set makes
 * that token look older than it is.
 */
export function isLongLived({ server, wallOffsetMs }: Scenario, world: World): boolean {
  const { lifetimeMs, reuse, time } = server;
  const isSet = time === 'none' && world.wallOffsetMs() !== wallOffsetMs;
  return (reuse === 'never' && lifetimeMs >= 60_000) || (reuse === 'half' && lifetimeMs >= 120_000 && !isSet);
}
