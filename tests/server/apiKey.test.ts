import { describe, expect, test } from 'vitest';
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
