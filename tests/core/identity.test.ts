import { describe, expect, it } from 'vitest';
import { type IdentityOptions, resolveTarget, sessionName } from '../../src/core/identity';

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
    ['not enabled', { enabled: false }],
  ])('is none with %s', (_what, options) => expect(resolveTarget({ ...BASE, ...options })).toBeNull());

  it('has its tenant as text', () => {
    expect(resolveTarget({ tenantId: 7 })!.tenantId).toBe('7');
    expect(resolveTarget({ tenantId: 0 })!.tenantId).toBe('0');
    expect(resolveTarget({})).not.toHaveProperty('tenantId');
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
    ['a body that is no JSON', { body: circular() }, {}],
    ['headers', { headers: { a: '1' } }, { headers: { a: '2' } }],
    ['credentials', { credentials: 'include' as const }, {}],
    ['the refresh endpoint', { refreshEndpoint: '/a' }, { refreshEndpoint: '/b' }],
    ['one URL in two spellings', { endpoint: '/register' }, { endpoint: new URL('https://app.example/register') }],
    ['enabled', { enabled: true }, { enabled: undefined }],
  ])('is the same with %s', (_what, a, b) => expect(identityOf({ ...BASE, ...a })).toBe(identityOf({ ...BASE, ...b })));

  it('asks nothing of the page where there is no endpoint', () => {
    const own = { tenantId: 'acme', fetchTenant: () => null };
    expect(identityOf({ ...own, baseUrl: 'https://app.example/a' })).toBe(identityOf(own));
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
      sessionName({ ...BASE, sessionKey: undefined, tenantId: undefined }),
      sessionName({ ...BASE, sessionKey: '' }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells nobody who it is', () => {
    expect(sessionName({ ...BASE, sessionKey: 'ann@app.example' })).toMatch(/^[0-9a-z]{6,12}$/);
  });
});

function circular(): object {
  const body: Record<string, unknown> = {};
  body.self = body;
  return body;
}
