import { expect, it, onTestFinished } from 'vitest';
import { startCopy } from './startCopy.ts';

const UPSOLVE_API_KEY = ['up', 'embed', 'x'.repeat(20)].join('_');

it('with a real key the demo frames Upsolve’s own hosts, has no stand-in and tells nobody the key', async () => {
  const { url, stop } = await startCopy({ UPSOLVE_API_KEY, UPSOLVE_PREFILTERS: '{"organization_id":"42"}' });
  onTestFinished(stop);
  const page = await fetch(url);
  expect(page.headers.get('content-security-policy')).toContain(
    'frame-src https://hub.upsolve.ai https://ai-hub.upsolve.ai;',
  );
  const state = await (await fetch(`${url}/demo/session`)).text();
  expect(JSON.parse(state)).toMatchObject({ isStandIn: false, tenants: [{ name: 'Demo tenant' }] });
  expect(JSON.parse(state)).not.toHaveProperty('hubUrl');
  expect(state + (await page.text())).not.toContain(UPSOLVE_API_KEY);
});

it('with a real key but no prefilters the demo refuses to start and says what to set', async () => {
  await expect(startCopy({ UPSOLVE_API_KEY })).rejects.toThrow(/Set UPSOLVE_PREFILTERS/);
});
