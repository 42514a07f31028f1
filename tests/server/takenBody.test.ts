import { getRequestListener } from '@hono/node-server';
import { createRequest, sendResponse } from '@remix-run/node-fetch-server';
import express, { type RequestHandler } from 'express';
import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readAnswer } from './fixtures/client';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { listen } from './fixtures/listen';
import { expressMounts, type Mount, mounts } from './fixtures/mounts';

const MULTIPART = 'multipart/form-data; boundary=frontier';
const part = (id: string): string => `--frontier\r\ncontent-disposition: form-data; name="tenantId"\r\n\r\n${id}\r\n`;

/** What a page may send that names a tenant: type, and text. */
const BODIES: readonly (readonly [string, (id: string) => string])[] = [
  ['application/json', (id) => JSON.stringify({ tenantId: id })],
  ['application/x-www-form-urlencoded', (id) => `tenantId=${id}`],
  ['application/x-www-form-urlencoded', (id) => `tenantId=acme&tenantId=${id}`],
  [MULTIPART, (id) => `${part('acme')}${part(id)}--frontier--`],
];

async function start() {
  const upsolve = await startFakeUpsolve();
  return { upsolve, ...createTestHandler({ upsolveUrl: upsolve.url }) };
}

function post(url: string, body: BodyInit, type = 'application/json'): Promise<Response> {
  return fetch(`${url}/upsolve/tenant/register`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    ...(typeof body !== 'string' && ({ duplex: 'half' } as RequestInit)),
  });
}

/** A body in pieces, whose length nobody is told. */
const unmeasured = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();

/** Reads a body to its end and keeps nothing of it. */
const drain: RequestHandler = (req, _res, next) => void req.resume().once('end', next);

const parsers: readonly [string, RequestHandler][] = [
  ['express.json()', express.json()],
  ['express.urlencoded()', express.urlencoded({ extended: true })],
  ['express.text()', express.text({ type: '*/*' })],
  ['express.raw()', express.raw({ type: '*/*' })],
  ['no parser', (_req, _res, next) => next()],
];

describe.each(expressMounts)('in $name', ({ start: serve }) => {
  test.each(parsers)('behind %s, a body is judged as it was sent', async (_name, before) => {
    const { handler, upsolve } = await start();
    const url = await serve(handler, { before });

    for (const [type, write] of BODIES) {
      expect((await post(url, write('acme'), type)).status, `${type}, its own`).toBe(200);
      expect((await post(url, write('globex'), type)).status, `${type}, another's`).toBe(409);
      expect((await post(url, unmeasured(write('globex')), type)).status, `${type}, unmeasured`).toBe(409);
    }
    expect((await fetch(`${url}/upsolve/tenant/register`, { method: 'POST' })).status).toBe(200);
    expect(upsolve.requests).toHaveLength(1);
  });

  test('a body that something has read and kept to itself is refused at once, and the log says where the handler belongs', async () => {
    const { handler, upsolve, faults } = await start();
    const url = await serve(handler, { before: drain });

    for (const body of ['{"tenantId":"acme"}', unmeasured('{"tenantId":"acme"}')]) {
      const answer = await readAnswer(await post(url, body));
      expect(answer).toMatchObject({ status: 500, body: { code: 'invalid_options' } });
      expect(answer.body.error).toMatch(/had been read before\. Mount the handler before any body parser/);
    }
    expect(faults()).toMatchObject([{ source: 'handler' }, { source: 'handler' }]);
    expect(faults()[0]!.error.message).toMatch(/Mount the handler before any body parser/);
    expect(upsolve.requests).toHaveLength(0);
    // There is nothing to lose in none.
    expect((await fetch(`${url}/upsolve/tenant/register`, { method: 'POST' })).status).toBe(200);
  });
});

/** How an app turns Node's request into a `Request`, and what it passes on of it. */
const adapters: readonly [string, (handler: Parameters<Mount['start']>[0]) => RequestHandler][] = [
  ['Hono’s adapter', (handler) => getRequestListener((request, { incoming }) => handler(request, incoming))],
  ['Hono’s adapter as it stands', (handler) => getRequestListener(handler)],
  ['Hono itself', (handler) => getRequestListener(new Hono().all('*', (c) => handler(c.req.raw, c)).fetch)],
  ['Hono’s adapter, which passes nothing on', (handler) => getRequestListener((request) => handler(request))],
  [
    'another adapter, whose streams break',
    (handler) => async (req, res) => sendResponse(res, await handler(createRequest(req, res), req)),
  ],
  [
    'another adapter, which passes nothing on',
    (handler) => async (req, res) => sendResponse(res, await handler(createRequest(req, res))),
  ],
];

describe.each(adapters)('through %s', (name, adapt) => {
  test('what was read before is answered from what the parser left, or refused: nothing waits', async () => {
    const { handler } = await start();
    const serve = (before: RequestHandler): Promise<string> => listen(express().use(before).use(adapt(handler)));
    const isBlind = name.endsWith('nothing on');

    const parsed = await serve(express.json());
    // What comes too late would be answered 408.
    const refused = name === 'another adapter, which passes nothing on' ? 503 : 500;
    expect((await post(parsed, '{"tenantId":"acme"}')).status).toBe(isBlind ? refused : 200);
    expect((await post(parsed, '{"tenantId":"globex"}')).status).toBe(isBlind ? refused : 409);
    const drained = await serve(drain);
    const { status, body } = await readAnswer(await post(drained, '{"tenantId":"acme"}'));
    expect(status).toBe(refused);
    expect(body.error).toMatch(/before any body parser/);
    expect((await fetch(`${drained}/upsolve/tenant/register`, { method: 'POST' })).status).toBe(200);
  });
});

test('in Fastify, whose own parser comes first, what it left is judged', async () => {
  const { handler } = await start();
  const url = await mounts.find(({ name }) => name === 'Fastify')!.start(handler);
  expect((await post(url, '{"tenantId":"acme"}')).status).toBe(200);
  expect((await post(url, '{"tenantId":"globex"}')).status).toBe(409);
  expect((await post(url, unmeasured('{"tenantId":"globex"}'))).status).toBe(409);
  expect((await post(url, 'tenantId=globex', 'text/plain')).status).toBe(200);
});

describe('in Hono', () => {
  const serve = async (read: (c: { req: { json(): unknown; parseBody(): unknown; raw: Request } }) => unknown) => {
    const { handler } = await start();
    const app = new Hono();
    app.use(async (c, next) => {
      await read(c);
      await next();
    });
    return listen(getRequestListener(app.all('/upsolve/*', (c) => handler(c.req.raw, c)).fetch));
  };

  test('what a middleware read through Hono is remembered by it', async () => {
    const url = await serve((c) => c.req.json());
    expect((await post(url, '{"tenantId":"acme"}')).status).toBe(200);
    expect((await post(url, '{"tenantId":"globex"}')).status).toBe(409);
    const forms = await serve((c) => c.req.parseBody());
    for (const [type, write] of BODIES.slice(1)) {
      expect((await post(forms, write('acme'), type)).status, type).toBe(200);
      expect((await post(forms, write('globex'), type)).status, type).toBe(409);
    }
  });

  test('what was read past it is refused at once', async () => {
    const url = await serve((c) => c.req.raw.text());
    expect(await readAnswer(await post(url, '{"tenantId":"acme"}'))).toMatchObject({
      status: 500,
      body: { code: 'invalid_options', error: expect.stringMatching(/body parser/) as string },
    });
  });
});

describe('a body that identify reads', () => {
  const readers: readonly [string, (request: Request) => Promise<unknown>][] = [
    ['json()', (request) => request.json()],
    ['text()', async (request) => JSON.parse(await request.text()) as unknown],
    ['arrayBuffer()', async (request) => JSON.parse(Buffer.from(await request.arrayBuffer()).toString()) as unknown],
    ['blob()', async (request) => JSON.parse(await (await request.blob()).text()) as unknown],
    ['body', (request) => new Response(request.body).json()],
    ['a copy', (request) => request.clone().json()],
  ];
  /** As a server has it, and as it comes without a length. */
  const measured = { 'content-type': 'application/json', 'content-length': '21' };

  test.each(readers)('by %s is judged all the same', async (_how, read) => {
    const upsolve = await startFakeUpsolve();
    const seen: unknown[] = [];
    const identify = async (request: Request) => (seen.push(await read(request)), acme);
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url, identify });
    const url = await expressMounts[0]!.start(handler);
    const body = JSON.stringify({ tenantId: 'globex' });

    expect((await post(url, body)).status).toBe(409);
    expect((await post(url, unmeasured(body))).status).toBe(409);
    for (const headers of [measured, {}]) {
      const asked = pageRequest('/tenant/register', { body, headers });
      expect((await handler(asked)).status).toBe(409);
      expect((await handler(Object.freeze(pageRequest('/tenant/register', { body, headers })))).status).toBe(409);
      expect(Object.keys(asked)).toEqual([]);
      expect(Object.getPrototypeOf(asked), 'nothing is left on it').toBe(Request.prototype);
    }
    expect(seen).toEqual(Array.from({ length: 6 }, () => ({ tenantId: 'globex' })));
  });

  test('by a reader that an adapter put on the request itself is judged all the same', async () => {
    const upsolve = await startFakeUpsolve();
    const identify = async (request: Request) => (await request.json(), acme);
    const { handler } = createTestHandler({ upsolveUrl: upsolve.url, identify });
    const asked = pageRequest('/tenant/register', { body: '{"tenantId":"globex"}', headers: measured });
    const json = vi.fn(() => Request.prototype.json.call(asked));
    expect((await handler(Object.assign(asked, { json }))).status).toBe(409);
    expect(json).toHaveBeenCalledTimes(1);
    expect(asked.json, 'it stays').toBe(json);
  });

  test('of a request with readers of its own that was read before is what the parser left', async () => {
    const { handler } = await start();
    for (const [id, status] of [
      ['acme', 200],
      ['globex', 409],
    ] as const) {
      const asked = pageRequest('/tenant/register', { body: `{"tenantId":"${id}"}`, headers: measured });
      const parsed = (await asked.json()) as unknown;
      const request = Object.assign(asked, { json: async () => parsed });
      expect((await handler(request, { body: parsed })).status).toBe(status);
    }
  });

  test('past the request that it was given is refused, and the answer says how to read it', async () => {
    const upsolve = await startFakeUpsolve();
    const identify = async (request: Request) => (await new Request(request).text(), acme);
    const { handler, faults } = createTestHandler({ upsolveUrl: upsolve.url, identify });
    const answer = await readAnswer(await handler(pageRequest('/tenant/register', { body: '{}', headers: measured })));
    expect(answer).toMatchObject({ status: 500, body: { code: 'invalid_options' } });
    expect(answer.body.error).toMatch(/In identify, read request\.clone\(\)\.$/);
    expect(faults()).toHaveLength(1);
  });

  test('or nobody reads is measured, whatever was announced', async () => {
    const { handler } = await start();
    const headers = { 'content-length': '20' };
    const body = 'x'.repeat(65 * 1_024);
    // Whoever makes a Request by hand may announce what is not so.
    expect((await handler(pageRequest('/tenant/register', { body, headers }))).status).toBe(413);
  });

  test('may be 64 kB, and not a byte more', async () => {
    const { handler } = await start();
    const send = async (bytes: number): Promise<number> => {
      const body = JSON.stringify({ tenantId: 'acme' }).padEnd(bytes);
      const headers = { 'content-length': String(bytes) };
      return (await handler(pageRequest('/tenant/register', { body, headers }))).status;
    };
    expect(await send(64 * 1_024)).toBe(200);
    expect(await send(64 * 1_024 + 1)).toBe(413);
  });
});

describe('a Request that was read', () => {
  const ask = async (context: unknown): Promise<number> => {
    const { handler } = await start();
    const request = pageRequest('/tenant/register', { body: '{"tenantId":"globex"}' });
    await request.text();
    return (await handler(request, context)).status;
  };

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'req'],
    ['an empty object', {}],
    ['a request of the platform', new Request('https://app.example', { method: 'POST', body: 'unread' })],
  ])('is refused at once where the context is %s', async (_what, context) => {
    expect(await ask(context)).toBe(500);
  });

  test('is judged by the request of Koa’s context, and not by the answer there', async () => {
    expect(await ask({ body: { tenantId: 'acme' }, request: { body: { tenantId: 'globex' } } })).toBe(409);
    expect(await ask({ body: { tenantId: 'globex' }, request: { body: { tenantId: 'acme' } } })).toBe(200);
  });
});

describe('a Request whose Node stream has ended', () => {
  afterEach(() => void vi.useRealTimers());
  const ended = { readableEnded: true };
  const ask = (body: BodyInit, headers: Record<string, string>): Request =>
    pageRequest('/tenant/register', { body, headers, duplex: 'half' } as RequestInit);

  test('is judged by what came before the end', async () => {
    const { handler } = await start();
    const headers = { 'content-type': 'application/json' };
    expect((await handler(ask('{"tenantId":"acme"}', headers), ended)).status).toBe(200);
    expect((await handler(ask('{"tenantId":"globex"}', headers), ended)).status).toBe(409);
  });

  test.each<[string, number, Record<string, string>]>([
    ['of a body that was announced all is lost', 500, { 'content-length': '20' }],
    ['nor does one without a length come any more', 500, { 'transfer-encoding': 'chunked' }],
    ['what was not announced there was not', 200, {}],
  ])('is not waited for: %s', async (_what, status, headers) => {
    const { handler } = await start();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answering = handler(ask(new ReadableStream({}), headers), ended);
    await vi.advanceTimersByTimeAsync(50);
    expect((await answering).status).toBe(status);
  });
});

describe('a body that does not come', () => {
  afterEach(() => void vi.useRealTimers());

  test('is waited for no longer than 4 s, and the answer says what may have taken it', async () => {
    const { handler, upsolve } = await start();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const init = { body: new ReadableStream({}), duplex: 'half' } as RequestInit;
    let answer: Response | undefined;
    const answering = handler(pageRequest('/tenant/register', init)).then((response) => (answer = response));
    await vi.advanceTimersByTimeAsync(3_999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await readAnswer(await answering)).toMatchObject({
      status: 408,
      body: {
        code: 'timeout',
        error: expect.stringMatching(/did not come\. Mount .* before any body parser/) as string,
      },
    });
    expect(upsolve.requests).toHaveLength(0);
  });

  test('since the client has gone is no fault of the backend', async () => {
    const { handler, faults } = await start();
    const client = new AbortController();
    const body = new ReadableStream({
      pull() {
        client.abort();
        throw new Error('ECONNRESET');
      },
    });
    const init = { body, duplex: 'half', signal: client.signal } as RequestInit;
    expect((await handler(pageRequest('/tenant/register', init))).status).toBe(503);
    expect(faults()).toEqual([]);
  });

  test('since its stream is broken is refused by name', async () => {
    const { handler, faults } = await start();
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('locked elsewhere')) });
    const init = { body, duplex: 'half' } as RequestInit;
    expect((await handler(pageRequest('/tenant/register', init))).status).toBe(500);
    expect(faults()).toHaveLength(1);
  });
});
