import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { UpsolveTenantError } from 'react-upsolve-tenant/server';
import { describe, expect, test } from 'vitest';
import { readAnswer } from './fixtures/client';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { listen } from './fixtures/listen';
import { holdTime, playUntil } from './fixtures/playTime';

const never = (): Promise<never> => new Promise(() => undefined);
const CLIENT_TIMEOUT_MS = 10_000;

/** Plays time on until the answer is there, and says how long that took by the same clock. */
async function elapsedUntil(start: () => Promise<Response>): Promise<{ ms: number; answer: Response }> {
  holdTime();
  const startedMs = performance.now();
  let isSettled = false;
  const asked = start().finally(() => (isSettled = true));
  await playUntil(() => isSettled);
  return { ms: performance.now() - startedMs, answer: await asked };
}

describe('an answer comes before the page gives up', () => {
  const hangingStore = { get: never, set: never, delete: never };
  const defaults = { requestTimeoutMs: undefined, storeTimeoutMs: undefined };
  const stored = { store: hangingStore, encryptionKeys: ['e'.repeat(32)] as [string] };
  const lateIdentity = () => new Promise<typeof acme>((resolve) => setTimeout(() => resolve(acme), 4_400));

  test.each([
    ['identify', { identify: never }, 504, 'timeout', ['identify']],
    ['Upsolve', { fetch: never }, 504, 'timeout', []],
    ['Upsolve, after a slow identify', { fetch: never, identify: lateIdentity }, 504, 'timeout', []],
    ['the store and Upsolve', { ...stored, fetch: never, identify: lateIdentity }, 504, 'timeout', ['store', 'store']],
  ] as const)('though %s never answers', async (_who, options, status, code, sources) => {
    const { handler, faults } = createTestHandler({ upsolveUrl: 'http://127.0.0.1:1', ...defaults, ...options });
    const { ms, answer } = await elapsedUntil(() => handler(pageRequest('/tenant/register')));
    expect(ms).toBeLessThan(CLIENT_TIMEOUT_MS);
    const read = await readAnswer(answer);
    expect(read).toMatchObject({
      status,
      body: { code, error: expect.stringMatching(/did not answer in time/) as string },
    });
    expect(faults().map(({ source }) => source)).toEqual(sources);
  });

  test('though store and listener hang: the token is handed out', async () => {
    const token = await (await startFakeUpsolve()).sign({ displayName: 'Acme', prefilters: {} });
    const { handler, faults } = createTestHandler({
      upsolveUrl: 'http://127.0.0.1:1',
      ...defaults,
      ...stored,
      fetch: () => Promise.resolve(Response.json({ token })),
      onPermissionsChange: never,
    });
    const { ms, answer } = await elapsedUntil(() => handler(pageRequest('/tenant/register')));
    expect(ms).toBeLessThan(CLIENT_TIMEOUT_MS);
    expect(await readAnswer(answer)).toMatchObject({ status: 200, body: { token } });
    expect(new Set(faults().map(({ source }) => source))).toEqual(new Set(['store']));
  });

  test('and on the permissions route a session that hangs is none', async () => {
    const upsolve = await startFakeUpsolve();
    let isHanging = false;
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      ...defaults,
      identify: () => (isHanging ? never() : acme),
    });
    const { token } = await handler.tenantFor(acme);
    isHanging = true;
    const headers = { authorization: `Bearer ${token}` };
    const { ms, answer } = await elapsedUntil(() =>
      handler(pageRequest('/permissions/tenant-settings/', { method: 'GET', headers })),
    );
    expect(ms).toBeLessThan(CLIENT_TIMEOUT_MS / 2);
    expect(answer.status).toBe(200);
  });

  test('though Upsolve was asked for somebody who came later, and never answers', async () => {
    const { handler } = createTestHandler({
      upsolveUrl: 'http://127.0.0.1:1',
      ...defaults,
      fetch: never,
      identify: (request) => (request.url.endsWith('/register') ? lateIdentity() : acme),
    });
    const { ms, answer } = await elapsedUntil(async () => {
      const asked = handler(pageRequest('/tenant/register'));
      setTimeout(() => void handler(pageRequest('/tenant/refresh-token')), 4_000);
      return asked;
    });
    expect(ms).toBeLessThan(CLIENT_TIMEOUT_MS);
    expect(answer.status).toBe(504);
  });

  test('though a listener hangs for those before, too', async () => {
    const token = await (await startFakeUpsolve()).sign({ displayName: 'Acme', prefilters: {} });
    let role = false;
    const { handler } = createTestHandler({
      upsolveUrl: 'http://127.0.0.1:1',
      ...defaults,
      fetch: () => Promise.resolve(Response.json({ token })),
      identify: async () => {
        role = !role;
        const identity = { ...acme, permissions: { addChart: role } };
        await lateIdentity();
        return identity;
      },
      onPermissionsChange: never,
    });
    const requests = [0, 2_000, 4_000];
    const tookMs = requests.map(() => 0);
    const { ms } = await elapsedUntil(async () => {
      const answers = requests.map(async (delayMs, index) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        const startedMs = performance.now();
        const answer = await handler(pageRequest('/tenant/register'));
        tookMs[index] = performance.now() - startedMs;
        return answer;
      });
      return (await Promise.all(answers))[2]!;
    });
    expect(ms).toBeGreaterThan(CLIENT_TIMEOUT_MS);
    expect(Math.max(...tookMs)).toBeLessThan(CLIENT_TIMEOUT_MS);
  });

  test.each([
    ['an error of ours, which the app chose', new UpsolveTenantError('timeout', { message: 'Busy' }), 504, []],
    ['an error of its own', new Error('x'), 500, ['identify']],
  ])('%s that identify throws is no deadline', async (_what, thrown, status, sources) => {
    const { handler, faults } = createTestHandler({
      upsolveUrl: 'http://127.0.0.1:1',
      identify: () => Promise.reject(thrown),
    });
    const read = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect([read.status, read.text.includes('in time')]).toEqual([status, false]);
    expect(faults().map(({ source }) => source)).toEqual(sources);
  });
});

/** A server whose answer goes on for as long as it is read. */
async function startEndless(encoding: 'identity' | 'gzip') {
  let sentBytes = 0;
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const chunk = Buffer.alloc(64 * 1_024, ' ');
  const url = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.on('close', close);
    const body = new Readable({
      read() {
        sentBytes += chunk.length;
        this.push(chunk);
      },
    });
    const parts = encoding === 'gzip' ? [body, createGzip(), response] : [body, response];
    // It ends by the other side going away.
    pipeline(parts, () => undefined);
  });
  return { url, closed, sentBytes: () => sentBytes };
}

describe('an answer of Upsolve’s without end', () => {
  /** More than this was never taken in, whatever was sent. */
  const LIMIT = 16 * 1_024 * 1_024;

  test.each(['identity', 'gzip'] as const)('with content encoding %s is given up early', async (encoding) => {
    const { url: upsolveUrl, closed, sentBytes } = await startEndless(encoding);
    const { handler } = createTestHandler({ upsolveUrl });
    expect(await readAnswer(await handler(pageRequest('/tenant/register')))).toMatchObject({
      status: 502,
      body: { code: 'invalid_response' },
    });
    await closed;
    // A thousand times as much comes out of gzip as went in.
    expect(sentBytes()).toBeLessThan(encoding === 'gzip' ? 64 * LIMIT : LIMIT);
  });

  test('that issueToken hands on is bounded as well, also as a stream of Node', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        taken += 65_536;
        yield new Uint8Array(65_536).fill(32);
        await Promise.resolve();
      }
    }
    const web = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    for (const body of [web, endless()]) {
      taken = 0;
      const answer = Object.assign(Object.create(null) as object, {
        status: 200,
        headers: new Headers({ 'content-type': 'application/json' }),
        text: never,
        body,
      });
      const { handler } = createTestHandler({
        upsolveUrl: 'http://127.0.0.1:1',
        issueToken: () => answer as unknown as Response,
      });
      expect((await handler(pageRequest('/tenant/register'))).status).toBe(502);
      expect(taken).toBeLessThan(LIMIT);
    }
  });
});
