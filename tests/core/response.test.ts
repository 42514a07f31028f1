import { describe, expect, it } from 'vitest';
import { isResponse, readResponse } from '../../src/core/response';
import { createFakeResponse } from '../../src/testing/fakeResponse';

/** Headers as a library makes them, which may leave space around a value. */
const answer = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  ({
    status,
    headers: { get: (name: string) => headers[name] ?? null },
    text: () => Promise.resolve(text),
  }) as unknown as Response;
const DATE = 'Tue, 01 Jan 2030 00:00:00 GMT';
const DATE_MS = Date.UTC(2030, 0, 1);

describe('a Response', () => {
  const get = (): null => null;
  const text = (): Promise<string> => Promise.resolve('');

  it('is whatever has a status, headers and a text, of any realm', () => {
    expect(isResponse(createFakeResponse({ status: 200 }))).toBe(true);
    expect(isResponse(new Response())).toBe(true);
    expect(isResponse({ status: 0, headers: { get }, text })).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a token', { token: 'x' }],
    ['no status', { headers: { get }, text }],
    ['a status as text', { status: '200', headers: { get }, text }],
    ['no headers', { status: 200, text }],
    ['headers as a record', { status: 200, headers: {}, text }],
    ['a body as text', { status: 200, headers: { get }, text: '{}' }],
  ])('is not %s', (_what, value) => {
    expect(isResponse(value)).toBe(false);
  });
});

describe('an answer', () => {
  it.each([200, 299])('of %i is its JSON', async (status) => {
    await expect(readResponse(answer(status, '{"a":1}'))).resolves.toEqual({ body: { a: 1 } });
  });

  it.each([199, 300])('of %i is none', async (status) => {
    await expect(readResponse(answer(status, '{"a":1}'))).rejects.toMatchObject({ code: 'invalid_response', status });
  });

  it('without JSON is a login where a redirect led to it', async () => {
    await expect(readResponse(answer(200, '<p>'), true)).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 200,
    });
    await expect(readResponse(answer(404, '<p>'), true)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readResponse(answer(200, '{"a":1}'), true)).resolves.toEqual({ body: { a: 1 } });
  });

  it.each([304, 300, 305])('of %i is no redirect and no login: it is asked again', async (status) => {
    await expect(readResponse(answer(status, ''))).rejects.toMatchObject({ code: 'invalid_response', retryable: true });
  });

  it('without JSON tells its status', async () => {
    await expect(readResponse(answer(200, '<p>'))).rejects.toMatchObject({ code: 'invalid_response', status: 200 });
  });
});

describe('what an answer says of time', () => {
  const read = (headers: Record<string, string>) => readResponse(answer(200, '{}', headers));

  it('is its Date, with space after it or not', async () => {
    await expect(read({ date: DATE })).resolves.toEqual({ body: {}, serverNowMs: DATE_MS });
    await expect(read({ date: `${DATE} ` })).resolves.toEqual({ body: {}, serverNowMs: DATE_MS });
  });

  it.each(['', '5', '2030-01-01', 'Tue, 01 Jan 2030 00:00:00', `${DATE}+0100`])(
    'is nothing where its Date is "%s"',
    async (date) => {
      await expect(read({ date })).resolves.toEqual({ body: {} });
    },
  );

  it('is how long a cache kept it, and then no Date', async () => {
    await expect(read({ date: DATE, age: '70' })).resolves.toEqual({ body: {}, keptMs: 70_000 });
    await expect(read({ date: DATE, age: ' 70 ' })).resolves.toEqual({ body: {}, keptMs: 70_000 });
  });

  it.each(['', '-5', '7 minutes', 'some 7', 'NaN', '1e3'])(
    'is that a cache kept it, with an Age of "%s"',
    async (age) => {
      await expect(read({ date: DATE, age })).resolves.toEqual({ body: {}, keptMs: 0 });
    },
  );
});

describe('Retry-After', () => {
  const wait = (headers: Record<string, string>): Promise<unknown> =>
    readResponse(answer(503, '{}', headers)).catch(
      (error: unknown) => (error as { retryAfterMs?: number }).retryAfterMs,
    );

  it('is in seconds, or a date by the clock of the server', async () => {
    expect(await wait({ 'retry-after': '7' })).toBe(7_000);
    expect(await wait({ 'retry-after': 'Tue, 01 Jan 2030 00:00:09 GMT', date: DATE })).toBe(9_000);
  });

  it.each([
    ['is missing', {}],
    ['is not whole seconds', { 'retry-after': '1.5' }],
    ['is more than a number', { 'retry-after': '7 s' }],
    ['is a date without a Date to compare it with', { 'retry-after': DATE }],
  ])('is nothing where it %s', async (_what, headers) => {
    expect(await wait(headers)).toBeUndefined();
  });
});
