import { describe, expect, it } from 'vitest';
import { scrub } from '../../src/core/scrub';
import { createFakeToken } from '../../src/testing/fakeToken';

const TOKEN = createFakeToken({ displayName: 'Acme', issuedAtMs: 0, expiresAtMs: 1_000 });
const KEY = ['up', 'embed', 'x'.repeat(8)].join('_');

describe('scrubbed text', () => {
  it.each([
    ['a plain message', 'Failed to fetch', 'Failed to fetch'],
    ['a token', `cannot use ${TOKEN}!`, 'cannot use [token]!'],
    ['two tokens', `${TOKEN} ${TOKEN}`, '[token] [token]'],
    ['an unsigned token', `${TOKEN.split('.').slice(0, 2).join('.')}.`, '[token]'],
    ['an API key', `key ${KEY} refused`, 'key [api key] refused'],
    ['an admin key in capitals', `${['UP', 'ADMIN', 'X1-y'].join('_')} refused`, '[api key] refused'],
    ['a Bearer', 'Authorization: Bearer abc, x', 'Authorization: Bearer [token], x'],
    ['a query', 'GET https://a.example/b?jwt=1&x=2 failed', 'GET https://a.example/b?[query] failed'],
    ['an opaque secret', `got ${'aB3+/_-='.repeat(5)}`, 'got [secret]'],
    ['a word that is no secret', 'x'.repeat(39), 'x'.repeat(39)],
    ['a question', 'is it there? yes', 'is it there? yes'],
  ])('of %s is fit for a log', (_what, text, clean) => expect(scrub(text)).toBe(clean));

  it('ends after 200 characters', () => {
    expect(scrub('a b '.repeat(500))).toBe('a b '.repeat(50));
  });

  it('holds nothing of a token however much text stands before it', () => {
    for (let length = 0; length < 260; length += 7) {
      expect(scrub(`${'a '.repeat(length)}${TOKEN}`)).not.toContain(TOKEN.slice(0, 12));
    }
  });
});
