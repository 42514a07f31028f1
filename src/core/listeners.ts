/** Who wants to be told of something. One that leaves or joins while others are told changes nothing for them. */
export interface Listeners<Args extends readonly unknown[] = []> {
  /** Returns how to leave. */
  readonly subscribe: (listener: (...args: Args) => void) => () => void;
  readonly tell: (...args: Args) => void;
}

export function createListeners<Args extends readonly unknown[] = []>(): Listeners<Args> {
  const listeners = new Set<(...args: Args) => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(...args) {
      for (const listener of [...listeners]) listener(...args);
    },
  };
}
