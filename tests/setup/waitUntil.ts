import { vi } from 'vitest';
import { PAGE_TIMEOUT_MS } from './chromium.ts';

/** Asks again until the expectations hold. Unlike `expect.poll` it may run in several tests of a file at once. */
export function waitUntil(expectations: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(expectations, { timeout: PAGE_TIMEOUT_MS });
}
