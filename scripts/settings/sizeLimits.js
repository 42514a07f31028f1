/** What an app adds to its page: minified, brotli, as an ES module, dynamic chunks counted. */
const NAMES = ['UpsolveTenantProvider', 'useUpsolveTenant', 'useTokenRefresh', 'SecureUpsolveDashboard'];
const path = '../../dist/index.js';
const REACT = ['react', 'react-dom', 'react/jsx-runtime'];

const measure = (name, names, outside, limit) => ({
  name,
  path,
  import: `{ ${names.join(', ')} }`,
  limit,
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: 'esm',
    define: { ...config.define, 'process.env.NODE_ENV': '"production"' },
    external: outside,
  }),
});

// The frame is what the second has more than the first. `npm run size:account` says which file weighs what.
export default [
  measure('the four names', NAMES, [...REACT, '@tanstack/react-query'], '17.5 kB'),
  measure('with the frame', [...NAMES, 'UpsolveDashboardFrame'], [...REACT, '@tanstack/react-query'], '20 kB'),
  measure('the four names with react-query', NAMES, REACT, '24.5 kB'),
];
