import { LRUCache } from 'lru-cache';
import { createFaultListeners } from './faultListeners';
import type { TenantStore } from './TenantStore';

export interface MemoryStoreOptions {
  /** How much is kept, in bytes; what was used least recently goes first. @default 67_108_864, some 20,000 tenants */
  maxBytes?: number | undefined;
  /** How many entries are kept. @default as many as fit */
  maxEntries?: number | undefined;
  /** Wall time in ms. @default Date.now */
  now?: (() => number) | undefined;
}

/** What an entry takes beside its key and its value, measured in Node 20. */
const ENTRY_BYTES = 250;
/** What has ended is looked for no oftener: it takes a walk through all that is kept. */
const PURGE_MS = 10_000;

interface Entry {
  readonly value: string;
  readonly endsAtMs: number;
}

/**
 * A store for one process: bounded, and gone with it. What has ended makes room first; a live entry that had to go is
 * told to `onFault`, with their number, at most once a minute.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): TenantStore {
  const { maxBytes = 64 * 1024 * 1024, maxEntries, now = () => Date.now() } = options;
  const { onFault, tell } = createFaultListeners();
  let lost = 0;
  let purgedAtMs = Number.NEGATIVE_INFINITY;
  const cache = new LRUCache<string, Entry>({
    ...(maxEntries !== undefined && { max: maxEntries }),
    maxSize: maxBytes,
    sizeCalculation: ({ value }, key) => ENTRY_BYTES + key.length + value.length,
    ttlResolution: 0,
    perf: { now },
    dispose: ({ endsAtMs }, _key, reason) => {
      if (reason === 'evict' && endsAtMs > now()) lost += 1;
    },
  });

  function makeRoom(bytes: number): void {
    const isFull = cache.calculatedSize + bytes > maxBytes || cache.size === maxEntries;
    if (!isFull || Math.abs(now() - purgedAtMs) < PURGE_MS) return;
    purgedAtMs = now();
    cache.purgeStale();
  }

  return {
    get: (key) => cache.get(key)?.value,
    set: (key, value, ttlMs) => {
      makeRoom(ENTRY_BYTES + key.length + value.length);
      const ttl = Math.max(1, Math.ceil(ttlMs));
      cache.set(key, { value, endsAtMs: now() + ttl }, { ttl });
      if (lost > 0 && tell(() => new Error(describeLoss(lost)))) lost = 0;
      return cache.has(key);
    },
    delete: (key) => cache.delete(key),
    onFault,
  };
}

function describeLoss(count: number): string {
  return `Memory was full: ${count} live entries had to go. Raise maxBytes of createMemoryStore(), or keep them elsewhere.`;
}
