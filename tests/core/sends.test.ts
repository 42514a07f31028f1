import { describe, expect, it, vi } from 'vitest';
import { UpsolveTenantError } from '../../src/core/errors';
import { withDeadline } from '../../src/core/request';
import { createFakeResponse } from '../../src/testing/fakeResponse';
import { ask, askInVain } from './wireServer';

const ENDPOINT = 'https://app.example/register';
const GOOD = createFakeResponse({ status: 200, headers: {}, text: '{"token":"good"}' });
/** What a browser shows of a redirect that it was told not to follow. */
const OPAQUE = Object.assign(createFakeResponse({ status: 200, headers: {}, text: '' }), {
  status: 0,
  type: 'opaqueredirect',
});

/** A fetch that answers by what it is told of redirects. */
const fetchOf = (answers: { manual: () => Response; follow: () => Response }): typeof globalThis.fetch =>
  vi.fn(async (_url, init) => answers[init?.redirect as 'manual' | 'follow']());

const offline = (): never => {
  throw new TypeError('Failed to fetch');
};

describe('a redirect as a browser shows it', () => {
  it('is followed once, and what stands there is the answer', async () => {
    const fetch = fetchOf({ manual: () => OPAQUE, follow: () => GOOD });
    expect((await ask({ endpoint: ENDPOINT, fetch })).body).toEqual({ token: 'good' });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('that leads where CORS hides it leads to a login', async () => {
    const error = await askInVain({ endpoint: ENDPOINT, fetch: fetchOf({ manual: () => OPAQUE, follow: offline }) });
    expect(error).toMatchObject({ code: 'unauthenticated', cause: { name: 'UpsolveTenantError' } });
  });

  it('that a fetch of the app refuses in its own way stays that', async () => {
    const busy = (): never => {
      throw new UpsolveTenantError('rate_limited');
    };
    const error = await askInVain({ endpoint: ENDPOINT, fetch: fetchOf({ manual: () => OPAQUE, follow: busy }) });
    expect(error.code).toBe('rate_limited');
  });
});

describe('a fetch of the app', () => {
  it('that gives no Response is refused by name', async () => {
    const fetch = (() => Promise.resolve({ token: 'x' })) as never;
    const error = await askInVain({ endpoint: ENDPOINT, fetch });
    expect(error).toMatchObject({ code: 'invalid_options', message: 'invalid_options: fetch gave no Response' });
  });
});

describe('whoever explains a failure', () => {
  it('is told what was sent, and then what came', async () => {
    const onExchange = vi.fn();
    const fetch = fetchOf({ manual: () => GOOD, follow: offline });
    await ask({ endpoint: ENDPOINT, fetch }, { onExchange });
    const sent = { method: 'POST', url: new URL(ENDPOINT) };
    expect(onExchange.mock.calls).toEqual([[sent], [{ ...sent, response: GOOD, text: '{"token":"good"}' }]]);
  });
});

describe('a session that is renewed in vain', () => {
  const lost = createFakeResponse({ status: 401, headers: {}, text: '{}' });
  const renewing = (thrown: unknown) =>
    askInVain({
      endpoint: ENDPOINT,
      fetch: fetchOf({ manual: () => lost, follow: offline }),
      headers: ({ lastStatus }) => {
        if (lastStatus === 401) throw thrown;
        return {};
      },
    });

  it.each(['NotATypeError', 'TypeErrorOfAuth', 'login_required'])('by %s is lost, and says why', async (name) => {
    const error = await renewing(Object.assign(new Error('Sign in again'), { name }));
    expect(error).toMatchObject({ code: 'unauthenticated', cause: { message: 'Sign in again' } });
  });

  it('by a network that fails is no loss', async () => {
    expect((await renewing(new TypeError('Failed to fetch'))).code).toBe('network');
  });
});

describe('a deadline', () => {
  it('leaves nothing with the signal that it was given', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    expect(await withDeadline(1_000, signal, async () => 'done')).toBe('done');
    expect(removed.mock.calls).toEqual([['abort', added.mock.calls[0]![1]]]);
  });

  it('ends with that signal, whatever is under way', async () => {
    const outer = new AbortController();
    const ended = withDeadline(1_000, outer.signal, () => new Promise(() => undefined));
    outer.abort();
    await expect(ended).rejects.toMatchObject({ code: 'aborted' });
  });
});
