import { LRUCache } from 'lru-cache';
import type { TenantStore } from './TenantStore';

export interface MemoryStoreOptions {
  /** How many entries are kept; the one that was used least recently goes first. @default 10_000 */
  maxEntries?: number | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** A store for one process: bounded, and gone with it. */
export function createMemoryStore(options: MemoryStoreOptions = {}): TenantStore {
  const { maxEntries = 10_000, now = () => Date.now() } = options;
  const cache = new LRUCache<string, string>({ max: maxEntries, ttlResolution: 0, perf: { now } });
  return {
    get: (key) => Promise.resolve(cache.get(key)),
    set: (key, value, ttlMs) => {
      cache.set(key, value, { ttl: Math.max(1, Math.ceil(ttlMs)) });
      return Promise.resolve(true);
    },
    delete: (key) => Promise.resolve(cache.delete(key)),
  };
}
