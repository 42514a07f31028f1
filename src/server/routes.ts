/** What the handler answers: the app's `/tenant/register`, `/tenant/refresh-token` and `/permissions/tenant-settings/`. */
export type TenantRoute = 'register' | 'refresh' | 'permissions';

const PATHS: Readonly<Record<string, TenantRoute>> = {
  '/tenant/register': 'register',
  '/tenant/refresh-token': 'refresh',
  '/permissions/tenant-settings': 'permissions',
};

const METHODS: Readonly<Record<TenantRoute, readonly string[]>> = {
  register: ['POST', 'OPTIONS'],
  refresh: ['POST', 'OPTIONS'],
  permissions: ['GET', 'HEAD', 'OPTIONS'],
};

/** Path of a request → its route, with or without a slash at the end; undefined where there is none. */
export function matchRoute(pathname: string, basePath: string): TenantRoute | undefined {
  if (!pathname.startsWith(`${basePath}/`)) return undefined;
  const path = pathname.slice(basePath.length).replace(/\/$/, '');
  return Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
}

/** The methods a route answers, as the `Allow` header lists them. */
export function allowedMethods(route: TenantRoute): readonly string[] {
  return METHODS[route];
}
