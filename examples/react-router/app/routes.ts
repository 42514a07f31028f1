import { index, route, type RouteConfig } from '@react-router/dev/routes';

export default [index('routes/analytics.tsx'), route('upsolve/*', 'routes/upsolve.ts')] satisfies RouteConfig;
