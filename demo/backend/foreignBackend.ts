import type { Context } from 'hono';
import type { DemoSession } from '../contract.ts';

/** What a backend of another language knows of a session, and the cookie that it gave for it. */
interface ForeignSession {
  readonly cookie: string;
  readonly tenantId: string;
  readonly role: string;
}

/**
 * Passes `/upsolve/…` on to a backend of your own, as its user. That one keeps sessions of its own: `/session`, as the
 * recipes of examples/backends have it, opens one for a tenant by POST and changes its role by PATCH.
 */
export function createForeignBackend(url: string, find: (c: Context) => DemoSession | null) {
  const known = new WeakMap<DemoSession, ForeignSession>();

  async function openSession(session: DemoSession): Promise<string> {
    const { tenantId } = session;
    const role = session.role.toLowerCase();
    const before = known.get(session);
    if (before?.tenantId === tenantId && before.role === role) return before.cookie;
    const isNew = before?.tenantId !== tenantId;
    const response = await fetch(`${url}/session`, {
      method: isNew ? 'POST' : 'PATCH',
      headers: { 'content-type': 'application/json', ...(before && { cookie: before.cookie }) },
      body: JSON.stringify({ tenantId, role }),
    });
    const given = response.headers.getSetCookie().map((text) => text.split(';')[0] ?? '');
    const cookie = given.length > 0 ? given.join('; ') : (before?.cookie ?? '');
    known.set(session, { cookie, tenantId, role });
    return cookie;
  }

  async function passOn(request: Request, c: Context): Promise<Response> {
    const session = find(c);
    const { pathname } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'cookie', 'content-length', 'connection', 'accept-encoding']) headers.delete(name);
    if (session) headers.set('cookie', await openSession(session));
    const body = request.method === 'POST' ? await request.text() : undefined;
    const answer = await fetch(url + pathname, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    // The session is the demo's own: no cookie of the backend's reaches the page.
    const passed = new Headers(answer.headers);
    for (const name of ['set-cookie', 'content-encoding', 'content-length', 'connection']) passed.delete(name);
    return new Response(await answer.text(), { status: answer.status, headers: passed });
  }

  return (request: Request, c: Context): Promise<Response> =>
    passOn(request, c).catch(() => Response.json({ error: `${url} does not answer.` }, { status: 502 }));
}
