import { expect, it } from 'vitest';
import { addToken, type FrameTarget, getFrameUrl } from '../../../src/react/frame/frameUrl';

const ORIGIN = 'https://app.example';
const url = (target: FrameTarget, address = {}) => addToken(getFrameUrl(target, address, ORIGIN), 'a.b+c/d=');

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
])('is the share page of its kind: %j', (target, expected) => {
  expect(url(target)).toBe(expected);
});

it('encodes an id so that it stays one part of the path', () => {
  expect(url({ dashboardId: 'a/../b?c#d e' })).toMatch(/\/share\/dashboard\/a%2F\.\.%2Fb%3Fc%23d%20e\?jwt=/);
});

it('takes a theme and another host, with the path that host serves under', () => {
  expect(url({ dashboardId: 'd1' }, { theme: 'dark', baseUrl: 'https://bi.example/upsolve/' })).toBe(
    'https://bi.example/upsolve/share/dashboard/d1?theme=dark&jwt=a.b%2Bc%2Fd%3D',
  );
});

it.each(['http://localhost:3000', 'http://127.0.0.1:3000'])('lets %s be plain http', (baseUrl) => {
  expect(url({ dashboardId: 'd1' }, { baseUrl })).toContain(baseUrl);
});

it.each([
  ['no id', {}, {}, 'invalid_options'],
  ['two ids', { dashboardId: 'a', agentId: 'b' }, {}, 'invalid_options'],
  ['a blank id', { dashboardId: '' }, {}, 'invalid_options'],
  ['an id of dots', { dashboardId: '..' }, {}, 'invalid_options'],
  ['an id that is no text', { dashboardId: 7 }, {}, 'invalid_options'],
  ['plain http', { dashboardId: 'a' }, { baseUrl: 'http://bi.example' }, 'insecure_endpoint'],
  ['a script', { dashboardId: 'a' }, { baseUrl: 'javascript:alert(1)' }, 'insecure_endpoint'],
  ['no URL', { dashboardId: 'a' }, { baseUrl: '//' }, 'invalid_options'],
])('refuses %s', (_what, target, address, code) => {
  expect(() => url(target as FrameTarget, address)).toThrow(expect.objectContaining({ code }) as Error);
});
