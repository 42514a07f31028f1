import { describe, expect, test, vi } from 'vitest';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { readAnswer } from './fixtures/client';
import { type FakeAnswer, startFakeUpsolve } from './fixtures/fakeUpsolve';
import { sampleApiKey } from './fixtures/sampleKeys';

async function ask(answer: FakeAnswer, options: object) {
  const upsolve = await startFakeUpsolve();
  upsolve.answerWith = () => answer;
  const { handler, events } = createTestHandler({ ...options, upsolveUrl: upsolve.url });
  return { ...(await readAnswer(await handler(pageRequest('/tenant/register')))), handler, events };
}

describe('the API key', () => {
  const echoes = (apiKey: string): [string, FakeAnswer][] => [
    ['error text', { status: 401, body: { error: `Invalid API key ${apiKey}` } }],
    ['another error text', { status: 400, body: { error: `Bad request: {"apiKey":"${apiKey}"}`, code: apiKey } }],
    ['a page', { status: 500, body: `<pre>${apiKey}</pre>` }],
    ['a header', { status: 429, headers: { 'retry-after': apiKey, 'x-echo': apiKey }, body: { message: apiKey } }],
    ['the token', { status: 200, body: { token: apiKey } }],
    ['a JWT’s payload', { status: 200, body: { token: jwtHolding(apiKey) } }],
    [
      'a success',
      {
        status: 200,
        body: { token: jwtHolding('nothing'), apiKey, tenantId: apiKey, permissions: { [apiKey]: true } },
      },
    ],
  ];
  const jwtHolding = (text: string): string => {
    const iat = Math.floor(Date.now() / 1_000);
    const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    return [encode({ alg: 'HS256' }), encode({ data: text, iat, exp: iat + 60 }), 'c2lnbmF0dXJl'].join('.');
  };

  test.each(['up_embed', 'plain'])(
    'of the kind %s is in no answer, error or event, wherever it is echoed',
    async (kind) => {
      const apiKey = kind === 'plain' ? `k${Math.random()}`.repeat(2) : sampleApiKey();
      for (const [where, answer] of echoes(apiKey)) {
        const { text, headers, events, handler } = await ask(answer, { apiKey });
        const thrown: unknown = await handler
          .tenantFor({ ...acme, tenantId: 'other' })
          .catch((error: unknown) => error);
        const decoded = text.split(/[."]/).map((part) => Buffer.from(part, 'base64url').toString('latin1'));
        const told = [
          text,
          ...decoded,
          ...Object.values(Object.fromEntries(headers)),
          JSON.stringify([events, thrown]),
        ];
        if (thrown instanceof Error)
          told.push(String(thrown.stack), thrown.message, JSON.stringify(thrown.cause ?? null));
        for (const line of told) expect(line, where).not.toContain(apiKey);
      }
    },
  );

  test('is not in what a failing fetch, identify, store or listener says', async () => {
    const apiKey = `k${Math.random()}`.repeat(2);
    const blame = (): Promise<never> => Promise.reject(new Error(`failed with ${apiKey}`));
    const { handler, events } = createTestHandler({
      apiKey,
      upsolveUrl: 'http://127.0.0.1:1',
      fetch: blame,
      onPermissionsChange: blame,
      store: { get: blame, set: blame, delete: blame },
      encryptionKeys: ['e'.repeat(32)],
    });
    const told = (await readAnswer(await handler(pageRequest('/tenant/register')))).text;
    const { handler: nobody, events: more } = createTestHandler({
      apiKey,
      upsolveUrl: 'http://127.0.0.1:1',
      identify: blame,
    });
    await nobody(pageRequest('/tenant/register'));

    expect(events.filter(({ type }) => type === 'fault')).not.toHaveLength(0);
    const lines = [...events, ...more].map((event) =>
      event.type === 'fault' ? `${event.error.stack} ${JSON.stringify(event.error.cause)}` : JSON.stringify(event),
    );
    for (const line of [told, ...lines]) expect(line).not.toContain(apiKey);
  });
});

describe('the API key in other clothes', () => {
  const apiKey = sampleApiKey();
  const hex = Buffer.from(apiKey).toString('hex');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  test.each<[string, string]>([
    ['as it stands', apiKey],
    ['in capitals', apiKey.toUpperCase()],
    ['backwards', [...apiKey].reverse().join('')],
    ['in hex', hex],
    ['in hex, in capitals', hex.toUpperCase()],
    ['in hex, byte by byte', (hex.match(/../g) ?? []).join(':')],
    ['in base64', base64(apiKey)],
    ['in base64, behind one character', base64(`x${apiKey}y`)],
    ['in base64, behind two characters', base64(`xx${apiKey}yy`)],
    ['in base64, run together with one character', `x${base64(apiKey)}`],
    ['in base64, run together with two characters', `xy${base64(apiKey)}`],
    ['in base64, run together with three characters', `xyz${base64(apiKey)}`],
    ['in base64url', Buffer.from(`?>${apiKey}?>`).toString('base64url')],
    ['in base64 twice', base64(base64(`key=${apiKey}`))],
    ['escaped for a URL', [...apiKey].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')],
    ['escaped for JSON', [...apiKey].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('')],
    ['escaped for HTML', [...apiKey].map((char) => `&#${char.charCodeAt(0)};`).join('')],
    ['escaped for HTML in hex', [...apiKey].map((char) => `&#x${char.charCodeAt(0).toString(16)};`).join('')],
  ])('%s is in no token that is handed on, and in no fault that is told', async (_how, dressed) => {
    const upsolve = await startFakeUpsolve();
    upsolve.answerWith = async () => ({
      body: { token: await upsolve.sign({ displayName: `Acme ${dressed}`, prefilters: {} }) },
    });
    const { handler } = createTestHandler({ apiKey, upsolveUrl: upsolve.url });
    const { status, body } = await readAnswer(await handler(pageRequest('/tenant/register')));
    expect([status, body.code]).toEqual([502, 'invalid_response']);

    const { handler: failing, faults } = createTestHandler({
      apiKey,
      upsolveUrl: upsolve.url,
      identify: () => Promise.reject(new Error(`GET ${dressed} failed`)),
    });
    await failing(pageRequest('/tenant/register'));
    expect(faults()).toHaveLength(1);
    expect(faults()[0]?.error.message).not.toContain(dressed.slice(2, -2));
  });

  test('is not seen in a token that holds nothing of it', async () => {
    const upsolve = await startFakeUpsolve();
    upsolve.answerWith = async () => ({
      body: { token: await upsolve.sign({ displayName: 'up_embed and 75705f656d626564 %75%70', prefilters: {} }) },
    });
    const { handler } = createTestHandler({ apiKey, upsolveUrl: upsolve.url });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });
});

describe('what goes into a log', () => {
  test('is one line, whatever an error says', async () => {
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const text = 'a\n2030-01-01 INFO all is well\r\u2028\u001b[31mred\u0007\u202e';
    const blame = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(text, { cause: new Error(text) }), { name: text }));
    const { handler } = createTestHandler({ upsolveUrl: 'http://127.0.0.1:1', identify: blame, onEvent: undefined });
    await handler(pageRequest('/tenant/register'));
    expect(lines).toHaveBeenCalledOnce();
    const logged = lines.mock.calls[0];
    lines.mockRestore();
    expect(logged).toEqual([expect.stringContaining('2030-01-01 INFO all is well')]);
    expect(logged?.[0]).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}/u);
  });

  test('a listener that fails later ends nothing', async () => {
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({
      upsolveUrl: upsolve.url,
      onEvent: () => Promise.reject(new Error('the log is full')),
    });
    expect((await handler(pageRequest('/tenant/register'))).status).toBe(200);
  });
});
