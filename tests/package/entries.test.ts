import { describe, expect, it } from 'vitest';
import { MODULE_KINDS, runInConsumer } from './consumer';

/** What a user can import: a name added or taken away here is a change for users. */
const NAMES: Record<string, string[]> = {
  'react-upsolve-tenant': [
    'SecureUpsolveDashboard',
    'UpsolveDashboardFrame',
    'UpsolveTenantContext',
    'UpsolveTenantError',
    'UpsolveTenantProvider',
    'isUpsolveTenantError',
    'useTokenRefresh',
    'useUpsolveTenant',
  ],
  'react-upsolve-tenant/dashboard': ['SecureUpsolveDashboard'],
  'react-upsolve-tenant/server': [
    'UpsolveTenantError',
    'createMemoryStore',
    'createPostgresStore',
    'createRedisStore',
    'createSqliteStore',
    'createUpsolveTenantHandler',
    'isUpsolveTenantError',
  ],
  'react-upsolve-tenant/testing': [
    'FakeUpsolveDashboard',
    'FakeUpsolveTenantProvider',
    'createFakeBackend',
    'createFakeTenant',
    'getTokenFingerprint',
  ],
};

describe.each(MODULE_KINDS)('in plain Node, as %s,', (kind) => {
  it.each(Object.entries(NAMES))('%s can be imported and holds its names', (entry, names) => {
    expect(runInConsumer(kind, { entry }, 'return Object.keys(entry).sort()')).toEqual(names);
  });

  it('a Server Component can import the same names from the main entry', () => {
    const reactServer = `./node_modules/react-upsolve-tenant/dist/reactServer.${kind === 'ESM' ? 'js' : 'cjs'}`;
    const script = `return [Object.keys(entry).sort(), entry.isUpsolveTenantError({ name: 'UpsolveTenantError' })]`;
    expect(runInConsumer(kind, { entry: reactServer }, script)).toEqual([NAMES['react-upsolve-tenant'], false]);
  });

  it('the page that a server renders is the loading state, and asks for nothing', () => {
    const html = runInConsumer(
      kind,
      { react: 'react', dom: 'react-dom/server', main: 'react-upsolve-tenant' },
      `globalThis.fetch = () => { throw new Error('asked'); };
       const Status = () => react.createElement('p', null, main.useUpsolveTenant().status);
       return dom.renderToString(
         react.createElement(main.UpsolveTenantProvider, { endpoint: 'https://app.example/upsolve/tenant/register' },
           react.createElement(Status), react.createElement(main.SecureUpsolveDashboard, { dashboardId: 'sales' })));`,
    );
    expect(html).toMatch(/<p>loading<\/p>/);
    expect(html).toMatch(/role="status"/);
    expect(html).not.toMatch(/<iframe/);
  });

  it('/dashboard stands under the provider of the main entry: there is one context', () => {
    const html = runInConsumer(
      kind,
      {
        react: 'react',
        dom: 'react-dom/server',
        main: 'react-upsolve-tenant',
        bound: 'react-upsolve-tenant/dashboard',
      },
      `return dom.renderToString(
         react.createElement(main.UpsolveTenantProvider, { endpoint: 'https://app.example/upsolve/tenant/register' },
           react.createElement(bound.SecureUpsolveDashboard, { dashboardId: 'sales' })));`,
    );
    expect(html).toMatch(/role="status"/);
  });

  it('/testing feeds the hooks and guards of the main entry: there is one context', () => {
    const html = runInConsumer(
      kind,
      {
        react: 'react',
        dom: 'react-dom/server',
        main: 'react-upsolve-tenant',
        testing: 'react-upsolve-tenant/testing',
      },
      `const Status = () => react.createElement('p', null, main.useUpsolveTenant().status);
       return dom.renderToString(
         react.createElement(testing.FakeUpsolveTenantProvider, { state: { status: 'expired' } },
           react.createElement(Status), react.createElement(main.SecureUpsolveDashboard, { dashboardId: 'sales' })));`,
    );
    expect(html).toMatch(/<p>(expired|loading)<\/p>/);
    expect(html).toMatch(/role="status"/);
  });
});
