/**
 * Where tokens are kept between requests, and between processes: any Keyv 5 instance fits as it is. Make it with
 * `throwOnErrors: true`, so that a store that is down can be told from one that is empty.
 *
 * What it is given to keep is encrypted; its keys are hashes. Each answer may be there at once, or be a promise.
 */
export interface TenantStore {
  /** The text that was set, or undefined where there is none or its time has passed. */
  get(key: string): unknown;
  /** Keeps a text for `ttlMs`, a whole number of at least 1. An answer of `false` counts as a failure. */
  set(key: string, value: string, ttlMs: number): unknown;
  delete(key: string): unknown;
  /**
   * The store's own time, in ms since 1970. Where there is one, all processes on the store go by it, so that their own
   * clocks may differ.
   */
  now?(): Promise<number>;
  /** Calls `listener` with what the store notices between requests: a lost connection, live entries that had to go. */
  onFault?(listener: (thrown: unknown) => void): void;
}
