import { describe, expect, it } from 'vitest';
import { parseFailure, parseThrown } from '../../src/core/judgeFailure';

describe('an answer that is no success', () => {
  it.each([
    [199, true],
    [304, true],
    [402, false],
    [418, false],
  ])('and has no code of its own is invalid_response: of %i asking again helps: %s', (status, retryable) => {
    expect(parseFailure({ status, body: {} })).toMatchObject({ code: 'invalid_response', status, retryable });
  });

  it('may hold what is no text', () => {
    const body = { code: {}, error: Object.create(null) as unknown, message: Symbol('x') };
    expect(parseFailure({ status: 401, body })).toMatchObject({ code: 'unauthenticated' });
  });
});

it('what was thrown with a status is judged by it, and by what came with it', () => {
  expect(parseThrown({ status: 429 })).toMatchObject({ code: 'rate_limited', status: 429 });
  const data = { error: 'Token expired' };
  expect(parseThrown({ response: { status: 401, data } })).toMatchObject({ code: 'token_expired', status: 401 });
});
