import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type IdentityOptions,
  type RequestOptions,
  resolveOptions,
  resolveTarget,
  sessionName,
} from '../../src/core/options';

afterEach(() => void vi.unstubAllGlobals());

const resolve = (options: RequestOptions): ReturnType<typeof resolveOptions> =>
  resolveOptions({ endpoint: 'https://api.example/register', ...options });
const permissionsUrl = (options: RequestOptions): string | undefined => resolve(options).permissionsEndpoint?.href;

describe('resolved options', () => {
  it('have every default', () => {
    expect(resolve({})).toMatchObject({
      source: {
        kind: 'url',
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
    const endpoint = (): object => ({});
    expect(resolveOptions({ endpoint }).source).toEqual({ kind: 'function', endpoint });
  });

  it.each([
    ['nothing to ask', {}, 'endpoint is missing'],
    ['an empty endpoint', { endpoint: '' }, 'endpoint is missing'],
    ['a refresh endpoint alone', { refreshEndpoint: 'https://api.example/' }, 'endpoint is missing'],
    ['an endpoint that is none', { endpoint: 'https://' }, 'endpoint is no URL'],
    ['an address that is no text', { endpoint: { href: 5 } as never }, 'endpoint is no URL'],
    ['an object for an endpoint', { endpoint: {} as never, baseUrl: 'https://app.example/' }, 'endpoint is no URL'],
    ['a relative endpoint without a page', { endpoint: '/register' }, 'endpoint is no URL'],
    [
      'a relative refresh endpoint without a page',
      { endpoint: 'https://api.example/', refreshEndpoint: '/x' },
      'refreshEndpoint is no URL',
    ],
    ['credentials in a URL', { endpoint: 'https://:secret@api.example/' }, 'endpoint holds credentials'],
    [
      'a lead of nothing',
      { endpoint: 'https://api.example/', refreshLeadMs: 0 },
      'refreshLeadMs is no number of ms above 0',
    ],
    [
      'a lead that is no number',
      { endpoint: 'https://api.example/', refreshLeadMs: '5' as never },
      'refreshLeadMs is no number',
    ],
    [
      'a timeout of NaN',
      { endpoint: 'https://api.example/', requestTimeoutMs: Number.NaN },
      'requestTimeoutMs is no number',
    ],
    [
      'a tenant that is no number',
      { endpoint: 'https://api.example/', tenantId: Number.POSITIVE_INFINITY },
      'tenantId is no text',
    ],
    ['a session of NaN', { endpoint: 'https://api.example/', sessionKey: Number.NaN }, 'sessionKey is no text'],
    ['a timeout below 0', { endpoint: 'https://api.example/', requestTimeoutMs: -1 }, 'requestTimeoutMs is no number'],
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
    'http://127.10.200.30/x',
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
    expect(() => resolve({ refreshEndpoint: 'ws://localhost/x' })).toThrow('insecure_endpoint: refreshEndpoint');
  });

  it('may be plain http where that is wanted', () => {
    const options = { endpoint: 'http://app.example/x', dangerouslyAllowHttp: true };
    expect(resolve(options).source).toMatchObject({ endpoint: new URL('http://app.example/x') });
    expect(() => resolve({ ...options, endpoint: 'ws://app.example/x' })).toThrow('insecure_endpoint');
  });

  it('may be relative on a page that is plain http itself, and on no other machine', () => {
    const baseUrl = 'http://intranet.example/app/';
    expect(resolve({ endpoint: 'x', baseUrl }).source).toMatchObject({
      endpoint: new URL('http://intranet.example/app/x'),
    });
    expect(() => resolve({ endpoint: '//other.example/x', baseUrl })).toThrow('insecure_endpoint');
    expect(() => resolve({ endpoint: 'http://intranet.example/x', baseUrl })).toThrow('insecure_endpoint');
    expect(() => resolve({ endpoint: '\\\\other.example/x', baseUrl })).toThrow('insecure_endpoint');
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

  it('is of the page beside an endpoint function', () => {
    const options = { endpoint: () => 1, permissionsEndpoint: '/p' };
    expect(permissionsUrl({ ...options, baseUrl })).toBe('https://page.example/p');
    expect(() => permissionsUrl(options)).toThrow('permissionsEndpoint is no URL');
  });

  it('is refused as any endpoint is', () => {
    expect(() => permissionsUrl({ permissionsEndpoint: 'http://app.example/p' })).toThrow('insecure_endpoint');
  });
});

const identityOf = (options: IdentityOptions): string | undefined => resolveTarget(options)?.identity;
const BASE: IdentityOptions = {
  endpoint: '/register',
  baseUrl: 'https://app.example/page',
  tenantId: 'acme',
  sessionKey: 'ann',
};

describe('the target', () => {
  it.each([
    ['no tenant yet', { tenantId: null }],
    ['an empty tenant', { tenantId: '' }],
    ['a tenant of NaN, as a route gives it before it is ready', { tenantId: Number.NaN }],
    ['not enabled', { enabled: false }],
  ])('is none with %s', (_what, options) => expect(resolveTarget({ ...BASE, ...options })).toBeNull());

  it('has its tenant as text', () => {
    expect(resolveTarget({ tenantId: 7 })!.tenantId).toBe('7');
    expect(resolveTarget({ tenantId: 0 })!.tenantId).toBe('0');
    expect(resolveTarget({})!.tenantId).toBeUndefined();
    expect(identityOf({ tenantId: 7 })).toBe(identityOf({ tenantId: '7' }));
  });

  it.each([
    ['tenantId', { tenantId: 'beta' }],
    ['tenantId undefined', { tenantId: undefined }],
    ['sessionKey', { sessionKey: 'bob' }],
    ['sessionKey undefined', { sessionKey: undefined }],
    ['sessionKey empty', { sessionKey: '' }],
    ['endpoint', { endpoint: '/other' }],
    ['endpoint undefined', { endpoint: undefined }],
    ['the page below which a relative endpoint is', { baseUrl: 'https://other.example/' }],
    ['body', { body: { team: 1 } }],
    ['an empty body', { body: '' }],
  ])('is another one with another %s', (_what, options) => {
    expect(identityOf({ ...BASE, ...options })).not.toBe(identityOf(BASE));
  });

  it('tells a missing session from an empty one, and null from none at all', () => {
    expect(identityOf({ sessionKey: '' })).not.toBe(identityOf({}));
    expect(identityOf({ sessionKey: null })).toBe(identityOf({ sessionKey: undefined }));
    expect(identityOf({ tenantId: 'a', sessionKey: 'b' })).not.toBe(identityOf({ tenantId: 'b', sessionKey: 'a' }));
  });

  it.each([
    ['an equal body', { body: { team: 1 } }, { body: { team: 1 } }],
    ['functions', { body: () => ({ a: 1 }) }, { body: () => ({ a: 2 }) }],
    ['a body in another order', { body: { a: 1, b: 2 } }, { body: { b: 2, a: 1 } }],
    ['headers', { headers: { a: '1' } }, { headers: { a: '2' } }],
    ['credentials', { credentials: 'include' as const }, {}],
    ['the refresh endpoint', { refreshEndpoint: '/a' }, { refreshEndpoint: '/b' }],
    ['one URL in two spellings', { endpoint: '/register' }, { endpoint: new URL('https://app.example/register') }],
    ['enabled', { enabled: true }, { enabled: undefined }],
  ])('is the same with %s', (_what, a, b) => expect(identityOf({ ...BASE, ...a })).toBe(identityOf({ ...BASE, ...b })));

  it('asks nothing of the page where there is no endpoint', () => {
    const own = { tenantId: 'acme', endpoint: () => null };
    expect(identityOf({ ...own, baseUrl: 'https://app.example/a' })).toBe(identityOf(own));
  });

  it('bears what can’t be written as text', () => {
    const bare = Object.create(null) as never;
    const options = { endpoint: bare, tenantId: bare, sessionKey: bare, baseUrl: 'https://app.example/' };
    expect(identityOf(options)).toBeTypeOf('string');
    expect(sessionName(options)).toBeTypeOf('string');
    expect(() => resolveOptions(options)).toThrow('invalid_options');
  });

  it('bears an endpoint that is no URL', () => {
    expect(identityOf({ endpoint: '/register' })).toContain('/register');
    expect(identityOf({ endpoint: '/register' })).not.toBe(identityOf({ endpoint: '/other' }));
  });
});

describe('the name of a session', () => {
  it('is the same for the same endpoint and user, whatever the tenant', () => {
    expect(sessionName(BASE)).toBe(sessionName({ ...BASE, tenantId: 'beta', body: { a: 1 } }));
    expect(sessionName({ ...BASE, sessionKey: 7 })).toBe(sessionName({ ...BASE, sessionKey: '7' }));
  });

  it('is another one for another endpoint or user, and by tenant where no user is told', () => {
    const names = [
      sessionName(BASE),
      sessionName({ ...BASE, sessionKey: 'bob' }),
      sessionName({ ...BASE, endpoint: '/other' }),
      sessionName({ ...BASE, sessionKey: undefined }),
      sessionName({ ...BASE, sessionKey: undefined, tenantId: 'beta' }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([{ tenantId: undefined }, { tenantId: null }, { tenantId: '' }, { tenantId: Number.NaN }])(
    'is none where neither user nor tenant is known: %o',
    (more) => expect(sessionName({ ...BASE, sessionKey: undefined, ...more })).toBeNull(),
  );

  it('tells nobody who it is', () => {
    expect(sessionName({ ...BASE, sessionKey: 'ann@app.example' })).toMatch(/^[0-9a-z]{6,12}$/);
  });
});
