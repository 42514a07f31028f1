/**
 * Where tokens are kept between requests, and between processes: any Keyv 5 instance fits as it is. Make it with
 * `throwOnErrors: true`, so that a store that is down can be told from one that is empty.
 *
 * What it is given to keep is encrypted; its keys are hashes.
 */
export interface TenantStore {
  /** The text that was set, or undefined where there is none or its time has passed. */
  get(key: string): Promise<unknown>;
  /** Keeps a text for `ttlMs`. An answer of `false` counts as a failure. */
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}
