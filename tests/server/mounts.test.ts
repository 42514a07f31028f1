import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAnswer } from '../../src/core/answer';
import { createEngine, type TenantEngine } from '../../src/core/engine';
import type { UpsolveTenantError, UpsolveTenantErrorCode } from '../../src/core/errors';
import { resolveOptions, type ResolvedOptions, resolveTarget } from '../../src/core/options';
import { parsePermissions } from '../../src/core/permissions';
import { requestPermissions, requestTenant } from '../../src/core/request';
import type { ReceivedAnswer } from '../../src/core/response';
import { createSendBudget, systemClock } from '../../src/core/schedule';
import { createTenantQuery } from '../../src/react/tenantQuery';
import { acme, createTestHandler } from './fixtures/createTestHandler';
import { type FakeAnswer, startFakeUpsolve } from './fixtures/fakeUpsolve';
import { mounts } from './fixtures/mounts';

const ask = (tenantId?: string, isRegistered = false): Parameters<typeof requestTenant>[1] => ({
  reason: 'initial',
  attempt: 1,
  signal: new AbortController().signal,
  tenantId,
  isRegistered,
  budget: createSendBudget(() => 0),
});

const endpointsOf = (baseUrl: string) => ({
  endpoint: `${baseUrl}/upsolve/tenant/register`,
  refreshEndpoint: `${baseUrl}/upsolve/tenant/refresh-token`,
  permissionsEndpoint: `${baseUrl}/upsolve/permissions/tenant-settings/`,
});

/** The client half's own request, as the provider makes it. */
const clientOptions = (baseUrl: string): ResolvedOptions => resolveOptions(endpointsOf(baseUrl));

/** What a provider runs, on this machine's own clock, until its first attempt is over. */
async function runClient(baseUrl: string): Promise<{ engine: TenantEngine; codes: UpsolveTenantErrorCode[] }> {
  const codes: UpsolveTenantErrorCode[] = [];
  let settle!: () => void;
  const isOver = new Promise<void>((resolve) => (settle = resolve));
  const options = {
    ...endpointsOf(baseUrl),
    tenantId: 'acme',
    onError({ code }: UpsolveTenantError) {
      codes.push(code);
      settle();
    },
    onEvent: ({ type }: { type: string }) => void (type === 'success' && settle()),
  };
  const engine = createEngine({
    clock: systemClock,
    readOptions: () => options,
    carry: createTenantQuery(),
    onFailure: () => undefined,
    onClear: () => undefined,
  });
  onTestFinished(() => engine.stop());
  engine.start(resolveTarget(options));
  await isOver;
  return { engine, codes };
}

describe.each(mounts)('mounted in $name', ({ start, contextKey }) => {
  test('the client half registers, refreshes and reads permissions', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const options = clientOptions(await start(handler));

    const read = ({ body }: ReceivedAnswer): ReturnType<typeof parseAnswer> => parseAnswer(body);
    const first = read(await requestTenant(options, ask('acme')));
    const second = read(await requestTenant(options, ask('acme', true)));

    expect(first).toMatchObject({ tenantId: 'acme', permissions: { addChart: true, readOnly: false } });
    expect(second.token).not.toBe(first.token);
    for (const { token } of [first, second]) {
      const settings = await requestPermissions(options, ask(), token);
      expect(settings).toEqual(first.permissions);
      expect(parsePermissions(settings)).toEqual(first.permissions);
    }
    expect(upsolve.requests).toHaveLength(2);
  });

  test('the whole client half runs against it: ready, refreshed, and none the wiser of another tenant', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const { engine, codes } = await runClient(await start(handler));

    const first = engine.getSnapshot().state.tenant!;
    expect(first).toMatchObject({ id: 'acme', permissions: { addChart: true, readOnly: false } });
    expect((await engine.refresh()).token).not.toBe(first.token);
    expect(codes).toEqual([]);
  });

  test.each<[string, number, FakeAnswer]>([
    ['invalid_api_key', 401, { status: 401, body: { error: 'Invalid API key' } }],
    ['token_expired', 401, { status: 401, body: { error: 'Token expired' } }],
    ['invalid_tenant_configuration', 400, { status: 400, body: { error: 'Missing required prefilters' } }],
  ])("Upsolve's documented error reaches the client as %s with status %i", async (code, status, answer) => {
    const upsolve = await startFakeUpsolve();
    upsolve.answerWith = () => answer;
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const options = clientOptions(await start(handler));

    await expect(requestTenant(options, ask('acme'))).rejects.toMatchObject({ code, status });
    const { engine, codes } = await runClient(options.permissionsEndpoint!.origin);
    expect(codes).toEqual([code]);
    expect(engine.getSnapshot()).toMatchObject({ state: { status: 'error' }, progress: { nextAttemptAt: null } });
  });

  test('a tenant that is not the session’s is a tenant_mismatch, and Upsolve hears nothing', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const options = clientOptions(await start(handler));

    await expect(requestTenant(options, ask('globex'))).rejects.toMatchObject({
      code: 'tenant_mismatch',
      status: 409,
    });
    expect(upsolve.requests).toHaveLength(0);
  });

  test('each route answers with a slash at its end, and without one', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const url = `${await start(handler)}/upsolve`;

    for (const slash of ['', '/']) {
      for (const route of ['register', 'refresh-token']) {
        const answer = await fetch(`${url}/tenant/${route}${slash}`, { method: 'POST' });
        expect(answer.status, route + slash).toBe(200);
        const { token } = (await answer.json()) as { token: string };
        const headers = { authorization: `Bearer ${token}` };
        expect((await fetch(`${url}/permissions/tenant-settings${slash}`, { headers })).status).toBe(200);
      }
    }
  });

  test('identify is handed the framework’s own context', async () => {
    const upsolve = await startFakeUpsolve();
    const seen: unknown[] = [];
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      identify(_request, given) {
        seen.push(given);
        return acme;
      },
    });
    await fetch(`${await start(handler)}/upsolve/tenant/register`, { method: 'POST' });

    expect(Object(seen[0])).toHaveProperty(contextKey);
  });

  test('a body of 10 MB is refused with 413 before identify is asked', async () => {
    const upsolve = await startFakeUpsolve();
    let identified = 0;
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url, identify: () => (identified++, acme) });
    const url = `${await start(handler)}/upsolve/tenant/register`;

    const declared = await fetch(url, { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024) });
    expect(declared.status).toBe(413);
    expect(identified).toBe(0);
    expect(upsolve.requests).toHaveLength(0);
  });

  test('a cross-site POST is refused, an unknown route and a wrong method are named', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url });
    const url = `${await start(handler)}/upsolve`;
    const post = { method: 'POST', headers: { origin: 'https://evil.example' } };

    expect((await fetch(`${url}/tenant/register`, post)).status).toBe(403);
    expect((await fetch(`${url}/tenant/unknown`, { method: 'POST' })).status).toBe(404);
    const wrong = await fetch(`${url}/tenant/register`);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST, OPTIONS');
    expect(upsolve.requests).toHaveLength(0);
  });
});
