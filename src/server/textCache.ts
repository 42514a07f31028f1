import { LRUCache } from 'lru-cache';

/** So many characters of text one cache remembers. */
const MEMORY = 4_000_000;

/** What was made of texts that come again and again; what came least recently is forgotten first. */
export function createTextCache<Value extends object>(): Pick<LRUCache<string, Value>, 'get' | 'set' | 'delete'> {
  return new LRUCache({ maxSize: MEMORY, sizeCalculation: (_value, text) => text.length });
}
