/** What an app that uses the four names adds to its page: minified, brotli, as an ES module. */
const four = '{ UpsolveTenantProvider, useUpsolveTenant, useTokenRefresh, SecureUpsolveDashboard }';
const main = { path: 'dist/index.js', import: four };

/** The peers, which size-limit leaves out by itself, but for those named. */
const asModule = (...included) => ({
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: 'esm',
    external: config.external.filter((name) => !included.includes(name)),
  }),
});

// The aim for the first is 4.5 kB. The rules of a token's life come before size: `npm run size:account` says what each costs.
export default [
  { name: 'the four names, peers outside', ...main, ...asModule(), limit: '18.5 kB' },
  { name: 'the same with react-query', ...main, ...asModule('@tanstack/react-query'), limit: '26.5 kB' },
];
