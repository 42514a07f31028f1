import { type Clock, systemClock } from '../../core/clock';
import { createListeners } from '../../core/listeners';
import { TICK_MS } from '../../core/schedule';
import { createSteadyClock } from '../../core/steadyClock';
import { type Attention, type AttentionWatch, watchAttention } from './attention';

/** Where the guards of one provider meet those who command a handover. */
export interface HandoverHub {
  /** Whether any guard holds a newer token back. */
  readonly isPending: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  /** Lets every guard hand over now. */
  readonly handOver: () => void;
  /**
   * A guard joins with what it does on `handOver()`, and with what it does at each moment while it says that it holds a
   * token back. It leaves by `leave`.
   */
  readonly join: (onHandOver: () => void, onMoment?: (attention: Attention) => void) => HandoverSeat;
}

export interface HandoverSeat {
  setPending(isPending: boolean): void;
  leave(): void;
}

interface Seat {
  isPending: boolean;
  readonly onHandOver: () => void;
  readonly onMoment: ((attention: Attention) => void) | undefined;
}

/**
 * It listens to the page while a guard is joined, and ticks only while one holds a token back: a short tick, since a
 * long timer would be slept through.
 */
export function createHandoverHub(clock: Clock = systemClock): HandoverHub {
  const seats = new Set<Seat>();
  const listeners = createListeners();
  let watch: AttentionWatch | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const isPending = (): boolean => [...seats].some((seat) => seat.isPending);
  const look = (seat: Seat): void => {
    if (watch && seat.isPending) seat.onMoment?.(watch.read());
  };
  const lookAtAll = (): void => [...seats].forEach(look);
  function handleChange(): void {
    clearInterval(ticking);
    ticking = isPending() ? setInterval(lookAtAll, TICK_MS.visible) : undefined;
    listeners.tell();
  }

  return {
    isPending,
    subscribe: listeners.subscribe,
    handOver() {
      for (const seat of [...seats]) seat.onHandOver();
    },
    join(onHandOver, onMoment) {
      const seat: Seat = { isPending: false, onHandOver, onMoment };
      seats.add(seat);
      watch ??= watchAttention(createSteadyClock(clock), lookAtAll);
      return {
        setPending(isNowPending) {
          if (seat.isPending === isNowPending) return;
          seat.isPending = isNowPending;
          handleChange();
          look(seat);
        },
        leave() {
          seats.delete(seat);
          if (seat.isPending) handleChange();
          if (seats.size > 0) return;
          watch?.stop();
          watch = undefined;
        },
      };
    },
  };
}
