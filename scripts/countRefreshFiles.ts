/**
 * Counts, by coverage, the files of src that run for one refresh: from `refresh()` until the dashboard stands on the new
 * token. Who wants to know how a refresh works reads the first ones.
 */
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { openJsdomPage } from './openJsdomPage';

/** A reader should not have to open more. */
const MOST_FILES = 20;
const SRC = new URL('../src/', import.meta.url).href;

const { document } = openJsdomPage();
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const { act, createElement } = await import('react');
const { createRoot } = await import('react-dom/client');
const { SecureUpsolveDashboard, UpsolveTenantProvider, useUpsolveTenant } = await import('../src/index');
const { createFakeBackend } = await import('../src/testing');

let refresh: () => Promise<unknown> = () => Promise.reject(new Error('not mounted'));
let shown = '';
function Dashboard({ token }: { token: string }): null {
  shown = token;
  return null;
}
function Watcher(): null {
  ({ refresh } = useUpsolveTenant());
  return null;
}

const root = createRoot(document.body);
const guard = createElement(SecureUpsolveDashboard<typeof Dashboard>, { dashboard: Dashboard, handover: 'immediate' });
const page = createElement(UpsolveTenantProvider, createFakeBackend().providerProps, createElement(Watcher), guard);
await act(async () => root.render(page));
const before = shown;

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true });
await act(() => refresh());
const { result } = await session.post('Profiler.takePreciseCoverage');
await act(async () => root.unmount());

const ran = result
  .filter(({ url, functions }) => url.startsWith(SRC) && functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
  .map(({ url }) => fileURLToPath(url).slice(fileURLToPath(SRC).length))
  // The fake backend is no part of it, and what is told in development is not there in production.
  .filter((path) => /^(core|react)\//.test(path) && path !== 'react/development.ts')
  .sort();
const isDrawing = (path: string): boolean => /^react\/(guard|handover|frame|SecureUpsolveDashboard)/.test(path);
const refreshing = ran.filter((path) => !isDrawing(path));
const drawing = ran.filter(isDrawing);
console.log(`${refreshing.length} files get the new token to the hooks:\n  ${refreshing.join('\n  ')}`);
console.log(`${drawing.length} files give it to the dashboard:\n  ${drawing.join('\n  ')}`);
if (before === '' || shown === before) throw new Error('The dashboard stands on no new token.');
process.exit(refreshing.length > MOST_FILES ? 1 : 0);
