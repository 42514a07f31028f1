import { afterEach, expect, it, vi } from 'vitest';
import { resolveAddress, resolveSrc } from '../../../src/react/frame/frameOptions';

const ORIGIN = 'https://app.example';
const resolve = (props: object): URL | Error => resolveAddress({ token: 'a.b+c/d=', ...props }, ORIGIN);
const href = (props: object): string => {
  const resolved = resolve(props);
  return resolved instanceof URL ? resolved.href : expect.unreachable(resolved.message);
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  [{ dashboardId: 'd1' }, 'https://hub.upsolve.ai/share/dashboard/d1?jwt=a.b%2Bc%2Fd%3D'],
  [
    { dashboardId: 'd1', version: 3, dbAuthToken: 'x&y' },
    'https://hub.upsolve.ai/share/dashboard/d1?version=3&dbAuthToken=x%26y&jwt=a.b%2Bc%2Fd%3D',
  ],
  [{ agentId: 'a1' }, 'https://hub.upsolve.ai/share/chat/a1?jwt=a.b%2Bc%2Fd%3D'],
  [
    { applicationId: 'p1' },
    'https://ai-hub.upsolve.ai/share/application/p1?parentOrigin=https%3A%2F%2Fapp.example&jwt=a.b%2Bc%2Fd%3D',
  ],
])('is the share page of its kind: %j', (props, expected) => {
  expect(href(props)).toBe(expected);
});

it('gives a chat and an application nothing that is a dashboard’s', () => {
  const extra = { version: 3, dbAuthToken: 'x' };
  expect(href({ agentId: 'a1', ...extra })).toBe(href({ agentId: 'a1' }));
  expect(href({ applicationId: 'p1', ...extra })).toBe(href({ applicationId: 'p1' }));
});

it('takes null for absent', () => {
  expect(href({ dashboardId: 'd1', agentId: null, version: null, dbAuthToken: null, theme: null, baseUrl: null })).toBe(
    href({ dashboardId: 'd1' }),
  );
});

it('encodes an id so that it stays one part of the path', () => {
  expect(href({ dashboardId: 'a/../b?c#d e' })).toMatch(/\/share\/dashboard\/a%2F\.\.%2Fb%3Fc%23d%20e\?jwt=/);
});

it('takes a theme and another host, with the path that host serves under', () => {
  const baseUrl = 'https://bi.example/upsolve/';
  const expected = 'https://bi.example/upsolve/share/dashboard/d1?theme=dark&jwt=a.b%2Bc%2Fd%3D';
  expect(href({ dashboardId: 'd1', theme: 'dark', baseUrl })).toBe(expected);
  expect(href({ dashboardId: 'd1', theme: 'dark', baseUrl: new URL(baseUrl) })).toBe(expected);
});

it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])('lets %s be plain http', (baseUrl) => {
  expect(href({ dashboardId: 'd1', baseUrl })).toContain(baseUrl);
});

const thrower = {
  toString: () => {
    throw new Error('no text');
  },
};
it.each([
  ['no id', {}, 'invalid_options'],
  ['two ids', { dashboardId: 'a', agentId: 'b' }, 'invalid_options'],
  ['three ids', { dashboardId: 'a', agentId: 'b', applicationId: 'c' }, 'invalid_options'],
  ['a blank id', { dashboardId: '' }, 'invalid_options'],
  ['an id of dots', { dashboardId: '..' }, 'invalid_options'],
  ['an id that is no text', { dashboardId: 7 }, 'invalid_options'],
  ['half of a character as an id', { dashboardId: '\ud800' }, 'invalid_options'],
  ['another theme', { dashboardId: 'a', theme: 'blue' }, 'invalid_options'],
  ['a settleMs of NaN', { dashboardId: 'a', settleMs: NaN }, 'invalid_options'],
  ['an endless settleMs', { dashboardId: 'a', settleMs: Infinity }, 'invalid_options'],
  ['a negative settleMs', { dashboardId: 'a', settleMs: -1 }, 'invalid_options'],
  ['a settleMs as text', { dashboardId: 'a', settleMs: '5' }, 'invalid_options'],
  ['plain http', { dashboardId: 'a', baseUrl: 'http://bi.example' }, 'insecure_endpoint'],
  ['a script', { dashboardId: 'a', baseUrl: 'javascript:alert(1)' }, 'insecure_endpoint'],
  ['no URL', { dashboardId: 'a', baseUrl: '//' }, 'invalid_options'],
  ['a baseUrl that throws', { dashboardId: 'a', baseUrl: thrower }, 'invalid_options'],
  ['a version that throws', { dashboardId: 'a', version: thrower }, 'invalid_options'],
  ['an API key as its token', { dashboardId: 'a', token: `up_${'embed'}_0123456789` }, 'api_key_in_browser'],
  [
    'an API key as its dbAuthToken',
    { dashboardId: 'a', dbAuthToken: `up_${'admin'}_0123456789` },
    'api_key_in_browser',
  ],
])('refuses %s, and throws nothing', (_what, props, code) => {
  expect(resolve(props)).toMatchObject({ code });
});

it.each([
  [true, 'dark'],
  [false, 'light'],
])('asks the device for its scheme where the theme is system: dark %s', (matches, theme) => {
  const matchMedia = vi.fn((query: string) => ({ matches: matches && query === '(prefers-color-scheme: dark)' }));
  vi.stubGlobal('matchMedia', matchMedia);
  expect(resolveSrc(href({ dashboardId: 'd1', theme: 'system' }))).toBe(href({ dashboardId: 'd1', theme }));
  expect(resolveSrc(href({ dashboardId: 'd1', theme: 'dark' }))).toBe(href({ dashboardId: 'd1', theme: 'dark' }));
  expect(matchMedia).toHaveBeenCalledTimes(1);
});

it.each([
  ['is missing', undefined],
  ['is none', () => null],
  [
    'throws',
    () => {
      throw new Error('not here');
    },
  ],
])('leaves the theme to the share page where matchMedia %s', (_how, matchMedia) => {
  vi.stubGlobal('matchMedia', matchMedia);
  expect(resolveSrc(href({ dashboardId: 'd1', theme: 'system' }))).toBe(href({ dashboardId: 'd1' }));
});
