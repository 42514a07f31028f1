import { createFakeTenant } from 'react-upsolve-tenant/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseClaims } from '../../src/core/answer';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('createFakeTenant', () => {
  it('makes a token that the provider reads as a JWT of the stated life', () => {
    vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
    const { token, expiresAt } = createFakeTenant({ lifetimeMs: 90_000 });
    expect(parseClaims(token)).toEqual({
      issuedAtMs: Date.UTC(2030, 0, 1),
      expiresAtMs: expiresAt.getTime(),
    });
    expect(expiresAt.getTime() - Date.now()).toBe(90_000);
  });

  it("makes a token of Upsolve's shape, with a name in any script", () => {
    const [header, claims, signature] = createFakeTenant({ displayName: 'Zoë & 東京 🚀' }).token.split('.');
    expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(Object.keys(decode(claims))).toEqual(['data', 'iat', 'exp']);
    expect(decode(claims)).toMatchObject({ data: { displayName: 'Zoë & 東京 🚀', payload: {} } });
    expect(signature).toMatch(/^[\w-]{43}$/);
  });

  it('never makes the same token twice', () => {
    const tokens = Array.from({ length: 100 }, () => createFakeTenant({ expiresAt: new Date(1e12) }).token);
    expect(new Set(tokens).size).toBe(100);
  });

  it('works where the platform has neither crypto nor TextEncoder nor Buffer', () => {
    for (const name of ['crypto', 'TextEncoder', 'Buffer']) vi.stubGlobal(name, undefined);
    expect(createFakeTenant().token.split('.')).toHaveLength(3);
  });

  it('resolves permissions by the rules of the provider', () => {
    expect(createFakeTenant({ permissions: { addChart: true } }).permissions).toMatchObject({
      addChart: true,
      drillDown: false,
    });
    expect(createFakeTenant({ permissions: { addChart: true, readOnly: true } }).permissions.addChart).toBe(false);
  });

  it('takes a tenant that is already over', () => {
    const { expiresAt, token } = createFakeTenant({ expiresAt: new Date(1e12), lifetimeMs: 60_000, id: 7 });
    expect(expiresAt).toEqual(new Date(1e12));
    expect(parseClaims(token)).toEqual({ issuedAtMs: 1e12 - 60_000, expiresAtMs: 1e12 });
  });
});

function decode(part = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}
