import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadline } from '../../src/core/deadline';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => undefined);

describe('a deadline', () => {
  it('lets a result and a failure through, and leaves neither timer nor listener', async () => {
    const { signal } = new AbortController();
    await expect(withDeadline(10, signal, async () => 'result')).resolves.toBe('result');
    await expect(withDeadline(10, signal, () => Promise.reject(new Error('why')))).rejects.toThrow('why');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends what ignores its signal: timeout, and the signal aborts', async () => {
    let given: AbortSignal | undefined;
    const ended = withDeadline(10, new AbortController().signal, (signal) => {
      given = signal;
      return never();
    });
    ended.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(9);
    expect(given!.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(ended).rejects.toMatchObject({ code: 'timeout' });
    expect(given!.aborted).toBe(true);
  });

  it('ends with the outer signal: aborted, and the inner one aborts', async () => {
    const outer = new AbortController();
    let given: AbortSignal | undefined;
    const ended = withDeadline(10, outer.signal, (signal) => {
      given = signal;
      return never();
    });
    outer.abort();
    await expect(ended).rejects.toMatchObject({ code: 'aborted' });
    expect(given!.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not begun where the outer signal has aborted', async () => {
    const run = vi.fn(never);
    await expect(withDeadline(10, AbortSignal.abort(), run)).rejects.toMatchObject({ code: 'aborted' });
    expect(run).not.toHaveBeenCalled();
  });
});
