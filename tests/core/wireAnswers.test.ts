import { afterEach, describe, expect, it } from 'vitest';
import { createEngine, type EngineOptions, type TenantEngine } from '../../src/core/engine';
import { resolveTarget } from '../../src/core/options';
import { systemClock } from '../../src/core/schedule';
import type { TenantState } from '../../src/core/snapshot';
import { createFakeToken } from '../../src/testing/fakeToken';
import { answerJson, ask, useWireServer } from './wireServer';

const wire = useWireServer();
const MINUTE = 60_000;
const engines: TenantEngine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.start(null);
});

const mint = (lifetimeMs = 60 * MINUTE, nowMs = Date.now()): string =>
  createFakeToken({ displayName: 'Łódź 🦊', issuedAtMs: nowMs, expiresAtMs: nowMs + lifetimeMs });

/** An engine on the page's own clock; what it holds once it is ready. */
async function load(options: Partial<EngineOptions> = {}): Promise<Extract<TenantState, { status: 'ready' }>> {
  const given: EngineOptions = { endpoint: `${wire.origin}/register`, ...options };
  const engine = createEngine({
    clock: systemClock,
    readOptions: () => given,
    carry: (_identity, fetch) => fetch(),
    onFailure: () => undefined,
    onClear: () => undefined,
  });
  engines.push(engine);
  return await new Promise((resolve, reject) => {
    engine.subscribe(() => {
      const now = engine.getSnapshot().state;
      if (now.status === 'ready') resolve(now);
      else if (now.error) reject(now.error);
    });
    engine.start(resolveTarget({ ...given, tenantId: 'acme' }));
  });
}

/** Of an answer, how long its tenant lives from now, to the second. */
const leftS = ({ tenant }: { tenant: { expiresAt: Date } }): number =>
  Math.round((tenant.expiresAt.getTime() - Date.now()) / 1_000);

describe('an answer on the wire', () => {
  const OPAQUE = 'opaque-token-of-today';

  it.each([
    ['{token, expiresIn}', () => ({ token: OPAQUE, expiresIn: 600 }), 600],
    ['{token, expires_in} as text', () => ({ token: OPAQUE, expires_in: '600' }), 600],
    ['{status, data: {message, token}}', () => ({ status: 'success', data: { message: 'ok', token: mint() } }), 3_600],
    ['bare {token}, a JWT', () => ({ token: mint() }), 3_600],
    ['bare {token}, opaque', () => ({ token: OPAQUE }), 3_600],
    [
      '{token, expiresAt} as ISO text',
      () => ({ token: OPAQUE, expiresAt: new Date(Date.now() + 300_000).toISOString() }),
      300,
    ],
    ['{token, expires_at} in seconds', () => ({ token: OPAQUE, expires_at: Date.now() / 1_000 + 300 }), 300],
    [
      '{token, expiresAt, serverTime} of a clock that is off',
      () => ({ token: OPAQUE, expiresAt: 2e12 + 300_000, serverTime: 2e12 }),
      300,
    ],
    ['a JWT beside an expiresAt that says too much', () => ({ token: mint(), expiresAt: Date.now() + 1e10 }), 3_600],
    ['a JWT beside an expiresIn that says too much', () => ({ token: mint(), expiresIn: 1e6 }), 3_600],
    ['an opaque token for a year', () => ({ token: OPAQUE, expiresIn: 365 * 86_400 }), 86_400],
  ])('%s is understood', async (_shape, body, seconds) => {
    // Its Date header is no nearer to now than a second.
    wire.answer = (request, response) => {
      response.sendDate = false;
      answerJson(body())(request, response);
    };
    const ready = await load();
    expect(Math.abs(leftS(ready) - seconds)).toBeLessThanOrEqual(1);
    expect(ready.tenant.id).toBe('acme');
    expect(ready.tenant.permissions.readOnly).toBe(true);
  });

  it('{token, expiresAt, permissions, tenantId} is understood, and its id is the one echoed', async () => {
    wire.answer = answerJson({
      tenantId: 'acme',
      token: mint(),
      expiresAt: new Date(Date.now() + 60 * MINUTE).toISOString(),
      permissions: { addChart: true, readOnly: false },
    });
    expect((await load()).tenant).toMatchObject({ id: 'acme', permissions: { addChart: true, readOnly: false } });
  });

  it.each([
    ['{permissions: {…}}', { permissions: { drillDown: true } }],
    ['{data: {permissions: {…}}}', { data: { permissions: { drillDown: true } } }],
    ['{data: {…}}', { data: { drillDown: true } }],
    ['bare flags', { drillDown: true }],
  ])('permissions of a second endpoint as %s are understood', async (_shape, body) => {
    const token = mint();
    wire.answer = (request, response) => answerJson(request.method === 'GET' ? body : { token })(request, response);
    const { tenant } = await load({ permissionsEndpoint: `${wire.origin}/upsolve/permissions/tenant-settings/` });
    expect(tenant.permissions).toMatchObject({ drillDown: true, addChart: false, readOnly: false });
    expect(wire.requests[1]).toMatchObject({
      path: '/upsolve/permissions/tenant-settings/',
      headers: { authorization: `Bearer ${token}` },
    });
  });

  it('of a server whose clock is off is judged by its Date header', async () => {
    const serverMs = Date.now() - 90 * MINUTE;
    wire.answer = answerJson({ token: mint(30 * MINUTE, serverMs) }, 200, { date: new Date(serverMs).toUTCString() });
    expect(Math.abs(leftS(await load()) - 30 * 60)).toBeLessThanOrEqual(2);
  });
});

describe('the time of a server', () => {
  const at = (ms: number): string => new Date(ms).toUTCString();
  const DATE = Date.UTC(2030, 0, 1);

  it('is its Date header', async () => {
    wire.answer = answerJson({}, 200, { date: at(DATE) });
    expect(await ask({ endpoint: wire.origin })).toEqual({ body: {}, serverNowMs: DATE });
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['old', 0],
  ])('is not known where a cache kept the answer: Age %s', async (age, keptMs) => {
    wire.answer = answerJson({}, 200, { date: at(DATE), age });
    expect(await ask({ endpoint: wire.origin })).toEqual({ body: {}, keptMs });
  });

  it('is not known without a Date that can be read', async () => {
    wire.answer = answerJson({}, 200, { date: 'today' });
    expect(await ask({ endpoint: wire.origin })).toEqual({ body: {} });
  });
});
