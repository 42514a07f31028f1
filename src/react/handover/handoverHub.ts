import { createListeners } from '../../core/events';
import { TICK_MS } from '../../core/schedule';
import { type Attention, watchAttention } from './attention';

/** A guard's place at the hub. */
export interface HandoverSeat {
  /** Whether a newer token waits for this guard. */
  readonly setPending: (isPending: boolean) => void;
  readonly leave: () => void;
}

/** What a guard does. */
export interface HandoverGuard {
  /** The dashboard's place. */
  readonly element: Element;
  /** `handoverNow()` was called. */
  readonly onHandover: () => void;
  /** At each moment while a newer token waits. */
  readonly onMoment: (attention: Attention) => void;
}

/** Where the guards of one provider meet those who command a handover. */
export interface HandoverHub {
  /** Whether any guard holds a newer token back. */
  readonly isPending: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  /** Lets every guard hand over now. */
  readonly handoverNow: () => void;
  readonly join: (guard: HandoverGuard) => HandoverSeat;
}

/** It ticks only while a guard holds a token back: a short tick, since a long timer would be slept through. */
export function createHandoverHub(now: () => number): HandoverHub {
  const pending = new Map<HandoverGuard, () => void>();
  const guards = new Set<HandoverGuard>();
  const listeners = createListeners();
  let ticking: ReturnType<typeof setInterval> | undefined;

  function setLook(guard: HandoverGuard, look: (() => void) | undefined): void {
    if (pending.has(guard) === (look !== undefined)) return;
    if (look) pending.set(guard, look);
    else pending.delete(guard);
    clearInterval(ticking);
    ticking = pending.size > 0 ? setInterval(() => pending.forEach((each) => each()), TICK_MS.visible) : undefined;
    listeners.tell();
    look?.();
  }

  return {
    isPending: () => pending.size > 0,
    subscribe: listeners.subscribe,
    handoverNow() {
      for (const guard of [...guards]) guard.onHandover();
    },
    join(guard) {
      guards.add(guard);
      const watch = watchAttention(guard.element, now, () => pending.get(guard)?.());
      const look = (): void => guard.onMoment(watch.read());
      return {
        setPending: (isPending) => setLook(guard, isPending ? look : undefined),
        leave() {
          guards.delete(guard);
          watch.stop();
          setLook(guard, undefined);
        },
      };
    },
  };
}
