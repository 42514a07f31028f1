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

/**
 * Path of a request → its route, with or without a slash at the end; undefined where there is none. Frameworks cut a
 * mount's prefix off or keep a longer one, so what stands before the route's own path is nothing, or ends with `basePath`.
 */
export function matchRoute(pathname: string, basePath: string): TenantRoute | undefined {
  const path = pathname.replace(/\/$/, '');
  const own = Object.keys(PATHS).find((known) => path.endsWith(known));
  if (own === undefined) return undefined;
  const before = path.slice(0, -own.length);
  // Every path ends with the root's own ''.
  const isMounted = before === '' || (basePath !== '' && before.endsWith(basePath));
  return isMounted ? PATHS[own] : undefined;
}

/** A Request's URL is in order already, and to parse it once more costs as much as all the rest of its routing. */
export function pathOf({ url }: Request): string {
  return /^[^:]+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? '';
}

/** Longer ones would be taken for a secret, and not be shown at all. */
const SHOWN_PATH_LENGTH = 39;

/** Why a path has no route, for whoever mounted the handler. A URL's path holds no control characters. */
export function describeUnknownPath(pathname: string, basePath: string): string {
  const isShort = pathname.length <= SHOWN_PATH_LENGTH;
  const shown = isShort ? pathname : `${pathname.slice(0, 24)}…${pathname.slice(-14)}`;
  return `There is nothing at ${shown}: the routes of this handler stand below its basePath, ${basePath || '/'}.`;
}

/** The methods a route answers, as the `Allow` header lists them. */
export function allowedMethods(route: TenantRoute): readonly string[] {
  return METHODS[route];
}
