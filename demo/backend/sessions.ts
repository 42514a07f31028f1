import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { randomUUID } from 'node:crypto';
import type { DemoSession, DemoSessionChange } from '../contract.ts';
import { isRole } from './tenants.ts';

/** What the cookie says after a sign-out, so that a reload doesn't sign in again by itself. */
const SIGNED_OUT = 'signed-out';

export interface Sessions {
  /** The session of a request; a browser that was never here is signed in to the first tenant. */
  open(c: Context): DemoSession | null;
  find(c: Context): DemoSession | null;
  signIn(c: Context, tenantId: string): DemoSession;
  signOut(c: Context): void;
}

/** The app's sessions, in memory, by an HttpOnly cookie. Cookies know no ports, so each demo has a name of its own. */
export function createSessions(defaults: { tenantId: string; tokenSeconds: number | null }): Sessions {
  const sessions = new Map<string, DemoSession>();
  const find = (c: Context): DemoSession | null => sessions.get(getCookie(c, cookieName(c)) ?? '') ?? null;
  const remember = (c: Context, value: string): void => {
    setCookie(c, cookieName(c), value, { httpOnly: true, sameSite: 'Strict', path: '/' });
  };
  const signIn = (c: Context, tenantId: string): DemoSession => {
    const key = randomUUID();
    const session: DemoSession = {
      userId: `user-${sessions.size + 1}`,
      tenantId,
      role: 'Analyst',
      tokenSeconds: defaults.tokenSeconds,
      faults: { kind: 'server', failNext: 0, isFailing: false, isSlow: false, isHeld: false },
    };
    sessions.set(key, session);
    remember(c, key);
    return session;
  };

  return {
    find,
    signIn,
    open: (c) => {
      const isKnown = getCookie(c, cookieName(c)) === SIGNED_OUT;
      return find(c) ?? (isKnown ? null : signIn(c, defaults.tenantId));
    },
    signOut: (c) => {
      sessions.delete(getCookie(c, cookieName(c)) ?? '');
      deleteCookie(c, cookieName(c));
      remember(c, SIGNED_OUT);
    },
  };
}

function cookieName(c: Context): string {
  return `demo_session_${new URL(c.req.url).port}`;
}

/** Takes over what the page may change; anything else in `change` is left alone. */
export function changeSession(session: DemoSession, change: DemoSessionChange, tenantIds: readonly string[]): void {
  const { tenantId, role, tokenSeconds, faults } = change;
  if (tenantId !== undefined && tenantIds.includes(tenantId)) session.tenantId = tenantId;
  if (isRole(role)) session.role = role;
  if (typeof tokenSeconds === 'number' && tokenSeconds >= 2 && tokenSeconds <= 3_600) {
    session.tokenSeconds = Math.round(tokenSeconds);
  }
  if (faults) session.faults = { ...session.faults, ...faults };
}
