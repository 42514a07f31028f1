/** Where the guards of one provider meet those who command a handover. */
export interface HandoverHub {
  /** Whether any guard holds a newer token back. */
  readonly isPending: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  /** Lets every guard hand over now. */
  readonly handOver: () => void;
  /** A guard joins with what it does on `handOver()`; it says whether it holds a token back, and leaves by `leave`. */
  readonly join: (onHandOver: () => void) => HandoverSeat;
}

export interface HandoverSeat {
  setPending(isPending: boolean): void;
  leave(): void;
}

export function createHandoverHub(): HandoverHub {
  const seats = new Map<object, { isPending: boolean; onHandOver: () => void }>();
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of [...listeners]) listener();
  };

  return {
    isPending: () => [...seats.values()].some((seat) => seat.isPending),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handOver() {
      for (const seat of [...seats.values()]) seat.onHandOver();
    },
    join(onHandOver) {
      const key = {};
      seats.set(key, { isPending: false, onHandOver });
      return {
        setPending(isPending) {
          const seat = seats.get(key);
          if (!seat || seat.isPending === isPending) return;
          seat.isPending = isPending;
          notify();
        },
        leave() {
          const seat = seats.get(key);
          seats.delete(key);
          if (seat?.isPending) notify();
        },
      };
    },
  };
}
