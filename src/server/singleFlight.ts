import { type Eventual, isPromiseLike } from './eventual';

/** Runs one task a key at a time: whoever asks while it runs gets its result. A failure is shared, never remembered. */
export type SingleFlight<T> = (key: string, task: () => Eventual<T>) => Eventual<T>;

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Promise<T>>();
  return (key, task) => {
    const running = flights.get(key);
    if (running) return running;
    const result = task();
    if (!isPromiseLike(result)) return result;
    const flight = result.finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
}

/** Runs the tasks of one key one after the other, in the order in which they came. */
export type Lock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export function createLock(): Lock {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
