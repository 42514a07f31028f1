import { TICK_MS } from './schedule';

/** The one timer at rest. */
export interface Heartbeat {
  /** Arms it for what is due in `delayMs`, or for the next tick if that is sooner; null: nothing to wait for. */
  arm(delayMs: number | null): void;
  setVisible(isVisible: boolean): void;
}

/**
 * Rule 15. It never waits longer than a tick, since a timer sleeps with the machine: at each beat the clock is read again,
 * and the clock decides.
 */
export function createHeartbeat(beat: () => void): Heartbeat {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tickMs = TICK_MS.visible;
  return {
    arm(delayMs) {
      clearTimeout(timer);
      timer = delayMs === null ? undefined : setTimeout(beat, Math.min(tickMs, Math.max(0, delayMs)));
    },
    setVisible(isVisible) {
      tickMs = isVisible ? TICK_MS.visible : TICK_MS.hidden;
    },
  };
}
