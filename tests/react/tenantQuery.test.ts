import { describe, expect, it, vi } from 'vitest';
import type { ReceivedAnswer } from '../../src/core/readResponse';
import { createTenantQuery } from '../../src/react/tenantQuery';

interface Held {
  readonly fetch: () => Promise<ReceivedAnswer>;
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: Error) => void;
}

function hold(): Held {
  let resolve!: Held['resolve'];
  let reject!: Held['reject'];
  const promise = new Promise<ReceivedAnswer>((onResolve, onReject) => {
    resolve = (body) => onResolve({ body });
    reject = onReject;
  });
  return { fetch: vi.fn(() => promise), resolve, reject };
}

describe('the private query', () => {
  it('keys each fetch by its identity: two at once never share an answer, in any order', async () => {
    const query = createTenantQuery();
    const [acme, beta] = [hold(), hold()];
    const carried = [query.carry('acme', acme.fetch), query.carry('beta', beta.fetch)];
    beta.resolve('of beta');
    acme.resolve('of acme');
    await expect(Promise.all(carried)).resolves.toEqual([{ body: 'of acme' }, { body: 'of beta' }]);
  });

  it('carries one fetch at a time for an identity', async () => {
    const query = createTenantQuery();
    const [first, second] = [hold(), hold()];
    const carried = [query.carry('acme', first.fetch), query.carry('acme', second.fetch)];
    first.resolve(1);
    await expect(Promise.all(carried)).resolves.toEqual([{ body: 1 }, { body: 1 }]);
    expect(second.fetch).not.toHaveBeenCalled();
  });

  it('remembers neither an answer nor a failure', async () => {
    const query = createTenantQuery();
    await expect(query.carry('acme', () => Promise.reject(new Error('first')))).rejects.toThrow('first');
    await expect(query.carry('acme', async () => ({ body: 1 }))).resolves.toEqual({ body: 1 });
    await expect(query.carry('acme', async () => ({ body: 2 }))).resolves.toEqual({ body: 2 });
  });

  it('asks a failure once', async () => {
    const fetch = vi.fn(() => Promise.reject(new Error('no')));
    await expect(createTenantQuery().carry('acme', fetch)).rejects.toThrow('no');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('lets go of what is under way: the next fetch is a new one, and the late answer is nobody’s', async () => {
    const query = createTenantQuery();
    const [late, next] = [hold(), hold()];
    const abandoned = query.carry('acme', late.fetch).catch(() => undefined);
    query.drop();
    const carried = query.carry('acme', next.fetch);
    late.resolve('late');
    next.resolve('next');
    await expect(carried).resolves.toEqual({ body: 'next' });
    await abandoned;
  });

  it('has no key with an empty part', async () => {
    await expect(createTenantQuery().carry('', async () => ({ body: 1 }))).rejects.toThrow(
      'A query key has no empty parts.',
    );
  });

  it('is asked also where the browser believes to be offline', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await expect(createTenantQuery().carry('acme', async () => ({ body: 1 }))).resolves.toEqual({ body: 1 });
    vi.restoreAllMocks();
  });
});
