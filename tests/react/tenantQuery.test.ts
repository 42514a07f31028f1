import { describe, expect, it, vi } from 'vitest';
import type { ReceivedAnswer } from '../../src/core/response';
import { createTenantQuery } from '../../src/react/tenantQuery';

interface Held {
  readonly fetch: () => Promise<ReceivedAnswer>;
  readonly resolve: (body: unknown) => void;
}

function hold(): Held {
  let resolve!: Held['resolve'];
  const promise = new Promise<ReceivedAnswer>((settle) => {
    resolve = (body) => settle({ body });
  });
  return { fetch: vi.fn(() => promise), resolve };
}

describe('the private query', () => {
  it('never lets two fetches share an answer, of two identities or of one, in any order', async () => {
    const carry = createTenantQuery();
    const [acme, beta, later] = [hold(), hold(), hold()];
    const carried = [carry('acme', acme.fetch), carry('beta', beta.fetch), carry('acme', later.fetch)];
    later.resolve('of the later one');
    beta.resolve('of beta');
    acme.resolve('of acme');
    await expect(Promise.all(carried)).resolves.toEqual([
      { body: 'of acme' },
      { body: 'of beta' },
      { body: 'of the later one' },
    ]);
  });

  it('remembers neither an answer nor a failure, and asks a failure once', async () => {
    const carry = createTenantQuery();
    const fail = vi.fn(() => Promise.reject(new Error('first')));
    await expect(carry('acme', fail)).rejects.toThrow('first');
    expect(fail).toHaveBeenCalledTimes(1);
    await expect(carry('acme', async () => ({ body: 1 }))).resolves.toEqual({ body: 1 });
    await expect(carry('acme', async () => ({ body: 2 }))).resolves.toEqual({ body: 2 });
  });

  it('leaves no timer behind', async () => {
    vi.useFakeTimers();
    const carry = createTenantQuery();
    await carry('acme', async () => ({ body: 1 }));
    await carry('acme', () => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is asked also where the browser believes to be offline', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await expect(createTenantQuery()('acme', async () => ({ body: 1 }))).resolves.toEqual({ body: 1 });
    vi.restoreAllMocks();
  });
});
