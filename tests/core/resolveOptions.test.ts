import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineOptions } from '../../src/core/options';
import { resolveOptions } from '../../src/core/resolveOptions';

afterEach(() => void vi.unstubAllGlobals());

const resolve = (options: EngineOptions): ReturnType<typeof resolveOptions> =>
  resolveOptions({ endpoint: 'https://api.example/register', ...options });
const permissionsUrl = (options: EngineOptions): string | undefined => resolve(options).permissionsEndpoint?.href;

describe('resolved options', () => {
  it('have every default', () => {
    expect(resolve({})).toMatchObject({
      source: {
        kind: 'endpoint',
        endpoint: new URL('https://api.example/register'),
        refreshEndpoint: new URL('https://api.example/register'),
      },
      permissionsEndpoint: undefined,
      headers: undefined,
      body: undefined,
      credentials: 'same-origin',
      refreshLeadMs: 300_000,
      requestTimeoutMs: 10_000,
    });
  });

  it('keep a default where undefined is given', () => {
    expect(
      resolve({ refreshLeadMs: undefined, requestTimeoutMs: undefined, credentials: undefined, fetch: undefined }),
    ).toMatchObject({
      credentials: 'same-origin',
      refreshLeadMs: 300_000,
      requestTimeoutMs: 10_000,
    });
  });

  it('look the fetch of the page up at each request', async () => {
    const { fetch } = resolve({});
    const later = vi.fn(() => Promise.resolve('answer'));
    vi.stubGlobal('fetch', later);
    await expect(fetch('https://api.example/', { method: 'POST' })).resolves.toBe('answer');
    expect(later).toHaveBeenCalledWith('https://api.example/', { method: 'POST' });
  });

  it('have a source that is a function', () => {
    const fetchTenant = (): object => ({});
    expect(resolveOptions({ fetchTenant }).source).toEqual({ kind: 'function', fetchTenant });
  });

  it.each([
    ['nothing to ask', {}, 'Neither endpoint nor fetchTenant'],
    ['an empty endpoint', { endpoint: '' }, 'Neither endpoint nor fetchTenant'],
    ['a refresh endpoint alone', { refreshEndpoint: 'https://api.example/' }, 'Neither endpoint nor fetchTenant'],
    ['both sources', { endpoint: 'https://api.example/', fetchTenant: () => 1 }, 'exclude each other'],
    ['a fetchTenant that is none', { fetchTenant: 'https://api.example/' as never }, 'fetchTenant is not a function'],
    ['an endpoint that is none', { endpoint: 'https://' }, 'endpoint is not a URL'],
    ['a relative endpoint without a page', { endpoint: '/register' }, 'endpoint is not a URL, or is relative'],
    [
      'a relative refresh endpoint without a page',
      { endpoint: 'https://api.example/', refreshEndpoint: '/x' },
      'refreshEndpoint is not a URL',
    ],
    ['credentials in a URL', { endpoint: 'https://:secret@api.example/' }, 'endpoint holds credentials'],
    [
      'a lead of nothing',
      { endpoint: 'https://api.example/', refreshLeadMs: 0 },
      'refreshLeadMs is not a number of ms above 0.',
    ],
    [
      'a lead that is no number',
      { endpoint: 'https://api.example/', refreshLeadMs: '5' as never },
      'refreshLeadMs is not',
    ],
    ['a timeout of NaN', { endpoint: 'https://api.example/', requestTimeoutMs: Number.NaN }, 'requestTimeoutMs is not'],
    ['a timeout below 0', { endpoint: 'https://api.example/', requestTimeoutMs: -1 }, 'requestTimeoutMs is not'],
  ])('are refused with %s', (_what, options, message) => {
    expect(() => resolveOptions(options)).toThrow(
      expect.objectContaining({ code: 'invalid_options', retryable: false }),
    );
    expect(() => resolveOptions(options)).toThrow(message);
  });

  it('wait no longer than a timer can', () => {
    expect(resolve({ requestTimeoutMs: Number.POSITIVE_INFINITY, refreshLeadMs: 1e12 })).toMatchObject({
      requestTimeoutMs: 2 ** 31 - 1,
      refreshLeadMs: 2 ** 31 - 1,
    });
  });
});

describe('an endpoint', () => {
  it.each([
    'http://localhost:3000/x',
    'http://app.localhost/x',
    'http://127.0.0.1/x',
    'http://127.1.2.3:80/x',
    'http://[::1]:8080/x',
    'https://anywhere.example/x',
  ])('may be %s', (endpoint) => expect(resolve({ endpoint }).source).toMatchObject({ endpoint: new URL(endpoint) }));

  it.each([
    'http://app.example/x',
    'http://localhost.example/x',
    'http://notlocalhost/x',
    'http://127.0.0.1.example/x',
    'http://x127.0.0.1.example/x',
    'http://10.0.0.1/x',
    'ws://localhost/x',
    'data:application/json,{}',
  ])('may not be %s', (endpoint) => {
    expect(() => resolve({ endpoint })).toThrow(
      expect.objectContaining({ code: 'insecure_endpoint', retryable: false }),
    );
  });

  it('says of which option another protocol is', () => {
    expect(() => resolve({ refreshEndpoint: 'ws://localhost/x' })).toThrow('refreshEndpoint is not https.');
  });

  it('may be plain http where that is wanted', () => {
    const options = { endpoint: 'http://app.example/x', dangerouslyAllowHttp: true };
    expect(resolve(options).source).toMatchObject({ endpoint: new URL('http://app.example/x') });
    expect(() => resolve({ ...options, endpoint: 'ws://app.example/x' })).toThrow('not https');
  });

  it('may be relative on a page that is plain http itself, and on no other machine', () => {
    const baseUrl = 'http://intranet.example/app/';
    expect(resolve({ endpoint: 'x', baseUrl }).source).toMatchObject({
      endpoint: new URL('http://intranet.example/app/x'),
    });
    expect(() => resolve({ endpoint: '//other.example/x', baseUrl })).toThrow('plain http');
    expect(() => resolve({ endpoint: 'http://intranet.example/x', baseUrl })).toThrow('plain http');
    expect(() => resolve({ endpoint: '\\\\other.example/x', baseUrl })).toThrow('plain http');
  });
});

describe('the permissions endpoint', () => {
  const endpoint = 'https://api.example/upsolve/register';
  const baseUrl = 'https://page.example/app/';

  it.each([
    ['relative to the root', '/permissions/?a=1', 'https://api.example/permissions/?a=1'],
    ['relative to the page', 'permissions/', 'https://api.example/app/permissions/'],
    ['absolute', 'https://flags.example/p', 'https://flags.example/p'],
    ['protocol-relative, which names an origin', '//flags.example/p', 'https://flags.example/p'],
    ['a URL object', new URL('https://flags.example/p'), 'https://flags.example/p'],
  ])('%s is on the origin of the endpoint unless it names its own', (_what, permissionsEndpoint, href) => {
    expect(permissionsUrl({ endpoint, baseUrl, permissionsEndpoint })).toBe(href);
  });

  it('needs no page beside an absolute endpoint', () => {
    expect(permissionsUrl({ endpoint, permissionsEndpoint: '/p' })).toBe('https://api.example/p');
  });

  it('is of the page beside a fetchTenant', () => {
    const options = { endpoint: undefined, fetchTenant: () => 1, permissionsEndpoint: '/p' };
    expect(permissionsUrl({ ...options, baseUrl })).toBe('https://page.example/p');
    expect(() => permissionsUrl(options)).toThrow('permissionsEndpoint is not a URL');
  });

  it('is refused as any endpoint is', () => {
    expect(() => permissionsUrl({ permissionsEndpoint: 'http://app.example/p' })).toThrow('plain http');
  });
});
