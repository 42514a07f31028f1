import { describe, expect, it } from 'vitest';
import { judgeFailure } from '../../src/core/failure';
import { answerJson, answerPage, ask, askInVain, inTurn, useWireServer, type WireAnswer } from './wireServer';

const wire = useWireServer();
const GOOD = answerJson({ token: 'x'.repeat(20) });

type Then = 'retry' | 'drop, stop' | 'keep, stop';
const thenOf = (error: Parameters<typeof judgeFailure>[0]): Then => {
  const verdict = judgeFailure(error, null, { hasUsableToken: true, hasAnswered: false }, () => 0);
  if (verdict.retryInMs !== null) return 'retry';
  return verdict.isDropped ? 'drop, stop' : 'keep, stop';
};

describe('a failure on the wire', () => {
  const answers: [status: number, body: unknown, code: string, then: Then][] = [
    [408, {}, 'timeout', 'retry'],
    [425, {}, 'server', 'retry'],
    [500, {}, 'server', 'retry'],
    [502, {}, 'server', 'retry'],
    [503, {}, 'server', 'retry'],
    [599, {}, 'server', 'retry'],
    [429, {}, 'rate_limited', 'retry'],
    [401, { error: 'Invalid API key' }, 'invalid_api_key', 'keep, stop'],
    [401, { message: 'invalid api key' }, 'invalid_api_key', 'keep, stop'],
    [401, {}, 'unauthenticated', 'drop, stop'],
    [401, { error: 'Token expired' }, 'token_expired', 'drop, stop'],
    [403, {}, 'forbidden', 'drop, stop'],
    [403, { code: 'origin_not_allowed' }, 'origin_not_allowed', 'keep, stop'],
    [400, {}, 'invalid_tenant_configuration', 'keep, stop'],
    [409, {}, 'invalid_tenant_configuration', 'keep, stop'],
    [422, {}, 'invalid_tenant_configuration', 'keep, stop'],
    [400, { error: 'Missing required prefilters' }, 'invalid_tenant_configuration', 'keep, stop'],
    [404, {}, 'not_found', 'keep, stop'],
    [405, {}, 'not_found', 'keep, stop'],
    [402, {}, 'invalid_response', 'keep, stop'],
    [419, {}, 'unauthenticated', 'drop, stop'],
    [440, {}, 'unauthenticated', 'drop, stop'],
    [300, {}, 'invalid_response', 'retry'],
    [305, {}, 'invalid_response', 'retry'],
    [418, {}, 'invalid_response', 'keep, stop'],
    [499, {}, 'invalid_response', 'keep, stop'],
    [500, { code: 'tenant_mismatch' }, 'tenant_mismatch', 'drop, stop'],
    [400, { code: 'token_expired', error: 'Invalid API key' }, 'token_expired', 'drop, stop'],
    [409, { code: 'rate_limited' }, 'rate_limited', 'retry'],
    [500, { error: 'Invalid API key' }, 'invalid_api_key', 'keep, stop'],
    [401, { code: 'aborted' }, 'unauthenticated', 'drop, stop'],
    [401, { code: 7, error: {}, message: null }, 'unauthenticated', 'drop, stop'],
    [401, { error: ['Token expired'], message: ['Invalid API key'] }, 'unauthenticated', 'drop, stop'],
    [401, { error: 'Token', message: 'expired' }, 'unauthenticated', 'drop, stop'],
    [401, { error: 'failed', message: 'Token expired' }, 'token_expired', 'drop, stop'],
    [401, null, 'unauthenticated', 'drop, stop'],
    [401, 'Token expired', 'unauthenticated', 'drop, stop'],
  ];

  it.each(answers)('%i with %j is %s: %s', async (status, body, code, then) => {
    wire.answer = answerJson(body, status);
    const error = await askInVain({ endpoint: wire.origin });
    expect(error).toMatchObject({ code, status });
    expect(thenOf(error)).toBe(then);
  });

  const others: [name: string, WireAnswer, code: string, then: Then][] = [
    ['304', (_request, response) => void response.writeHead(304).end(), 'invalid_response', 'retry'],
    ['204', (_request, response) => void response.writeHead(204).end(), 'invalid_response', 'retry'],
    ['an empty 200', (_request, response) => void response.end(), 'invalid_response', 'retry'],
    ['HTML with 200', answerPage(), 'invalid_response', 'retry'],
    ['HTML with 403', answerPage(403), 'invalid_response', 'retry'],
    ['HTML with 401', answerPage(401), 'unauthenticated', 'drop, stop'],
    ['HTML with 500', answerPage(500), 'server', 'retry'],
    ['half a JSON', (_request, response) => void response.end('{"token":'), 'invalid_response', 'retry'],
    ['a connection that breaks at once', (_request, response) => response.destroy(), 'network', 'retry'],
    [
      'a connection that breaks in the body',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"token":', () => response.destroy());
      },
      'network',
      'retry',
    ],
  ];

  it.each(others)('%s is %s', async (_name, answer, code, then) => {
    wire.answer = answer;
    const error = await askInVain({ endpoint: wire.origin });
    expect(error.code).toBe(code);
    expect(thenOf(error)).toBe(then);
  });

  it('a server that is not there is network', async () => {
    const error = await askInVain({ endpoint: 'http://127.0.0.1:1' });
    expect(error).toMatchObject({ code: 'network', cause: { name: 'TypeError' } });
    expect(error.status).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 12 ', 12_000],
    ['soon', undefined],
    ['-7', undefined],
  ])('brings its Retry-After: %j', async (header, retryAfterMs) => {
    wire.answer = answerJson({}, 429, { 'retry-after': header });
    expect((await askInVain({ endpoint: wire.origin })).retryAfterMs).toBe(retryAfterMs);
  });

  it('brings a Retry-After that is a date, by the clock of the server', async () => {
    const serverMs = Date.UTC(2020, 0, 1);
    const headers = {
      'retry-after': new Date(serverMs + 90_000).toUTCString(),
      date: new Date(serverMs).toUTCString(),
    };
    wire.answer = answerJson({}, 503, headers);
    expect((await askInVain({ endpoint: wire.origin })).retryAfterMs).toBe(90_000);
  });
});

describe('a redirect', () => {
  const redirect =
    (status: number, location: string): WireAnswer =>
    (_request, response) =>
      void response.writeHead(status, { location }).end();

  it.each([301, 302, 303, 307, 308])('%i to JSON is followed', async (status) => {
    wire.answer = (request, response) =>
      (request.path === '/json' ? GOOD : redirect(status, '/json'))(request, response);
    expect((await ask({ endpoint: wire.origin })).body).toEqual({ token: 'x'.repeat(20) });
    expect(wire.requests.map(({ path }) => path)).toEqual(['/', '/', '/json']);
  });

  it('to an HTML page is a login page: the session is lost', async () => {
    wire.answer = (request, response) =>
      (request.path === '/login' ? answerPage() : redirect(302, '/login'))(request, response);
    const error = await askInVain({ endpoint: wire.origin });
    expect(error).toMatchObject({ code: 'unauthenticated', status: 200 });
    expect(thenOf(error)).toBe('drop, stop');
  });

  it('to where no answer comes from is a login page, on an origin that CORS hides', async () => {
    wire.answer = redirect(302, 'http://127.0.0.1:1/login');
    expect((await askInVain({ endpoint: wire.origin })).code).toBe('unauthenticated');
  });

  it('to a failure is that failure', async () => {
    wire.answer = (request, response) =>
      (request.path === '/json' ? answerJson({}, 503) : redirect(302, '/json'))(request, response);
    expect((await askInVain({ endpoint: wire.origin })).code).toBe('server');
  });
});

describe('a 401', () => {
  const STALE = inTurn(answerJson({}, 401), GOOD);

  it('is asked once more at once where headers is a function, which is told of it', async () => {
    wire.answer = inTurn(answerJson({}, 401), GOOD);
    const told: (number | undefined)[] = [];
    const headers = ({ lastStatus }: { lastStatus?: number }): Record<string, string> => {
      told.push(lastStatus);
      return { authorization: lastStatus === 401 ? 'fresh' : 'stale' };
    };
    await ask({ endpoint: wire.origin, headers });
    expect(told).toEqual([undefined, 401]);
    expect(wire.requests.map((request) => request.headers.authorization)).toEqual(['stale', 'fresh']);
  });

  it('is asked once more only', async () => {
    wire.answer = answerJson({}, 401);
    expect((await askInVain({ endpoint: wire.origin, headers: () => ({}) })).code).toBe('unauthenticated');
    expect(wire.requests.length).toBe(2);
  });

  it('is not asked again where headers are data', async () => {
    wire.answer = STALE;
    await askInVain({ endpoint: wire.origin, headers: { authorization: 'stale' }, body: () => ({}) });
    expect(wire.requests.length).toBe(1);
  });

  it.each([
    [401, { error: 'Invalid API key' }],
    [403, {}],
    [500, {}],
  ])('is not what %i with %j is', async (status, body) => {
    wire.answer = answerJson(body, status);
    await askInVain({ endpoint: wire.origin, headers: () => ({}) });
    expect(wire.requests.length).toBe(1);
  });
});
