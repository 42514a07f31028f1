/** Runs one task a key at a time: whoever asks while it runs gets its result. A failure is shared, never remembered. */
export type SingleFlight<T> = (key: string, task: () => Promise<T>) => Promise<T>;

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Promise<T>>();
  return (key, task) => {
    const running = flights.get(key);
    if (running) return running;
    const flight = task().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
}
