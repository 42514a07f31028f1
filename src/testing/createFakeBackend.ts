import type { RequestKind, UpsolveTenant } from 'react-upsolve-tenant';
import { DEFAULT_TENANT_ID, type FakePermissions } from './createFakeTenant';
import {
  type AnswerQueue,
  type AnswerSource,
  createAnswerQueue,
  createGoodAnswer,
  createOrderedAnswer,
  type FakeAnswer,
} from './fakeAnswers';
import { createFakeClock, type FakeClock } from './fakeClock';
import { createFakeIssuer, type FakeIssuerOptions } from './fakeIssuer';
import { type FakeBackendRequest, isRequest, readFakeRequest } from './fakeRequest';
import { FakeUpsolveDashboard } from './FakeUpsolveDashboard';
import { createTurnstile, raceAbort } from './turnstile';

export interface FakeBackendOptions extends FakeIssuerOptions {
  /** How long each answer takes, in ms, by a real (or faked) timer. @default 0: within microtasks, without a timer */
  latencyMs?: number | undefined;
  /**
   * Where permissions come from: from every tenant's answer, or from a permissions endpoint of their own.
   * @default 'answer'
   */
  permissionsFrom?: 'answer' | 'endpoint' | undefined;
  /** The tenant of requests that name none. @default 'fake-tenant' */
  tenantId?: string | number | undefined;
}

/** What `<UpsolveTenantProvider {...backend.providerProps}>` needs to ask the fake backend. */
export interface FakeBackendProviderProps {
  endpoint: string;
  refreshEndpoint: string;
  permissionsEndpoint?: string;
  fetch: typeof globalThis.fetch;
  clock: FakeClock;
  /** So that no guard asks Upsolve. A guard's own `dashboard` wins. */
  dashboard: typeof FakeUpsolveDashboard;
}

/** What an order of a fake backend's answer may say beside it. */
export interface RespondWithOptions {
  /** How often. @default until something else is ordered */
  times?: number | undefined;
  /** Which requests are answered so. @default 'tenant' */
  request?: RequestKind | undefined;
  /** Sends `Retry-After`, in whole seconds, with an error. @default none */
  retryAfterMs?: number | undefined;
}

export interface HangOptions {
  /** Which requests stay open. @default 'tenant' */
  request?: RequestKind | undefined;
  /** Whether they stay open even when they are aborted, as a broken `fetch` does. @default false */
  ignoreAbort?: boolean | undefined;
}

/** A backend inside the page, to be steered by a test or a story. */
export interface FakeBackend {
  /** Spread them on `UpsolveTenantProvider`. Its jitter is off: the clock's `random` is 0. */
  readonly providerProps: FakeBackendProviderProps;
  /** The provider's clock. The backend goes by its true time, `serverNow()`. */
  readonly clock: FakeClock;
  /** Everything that was asked, oldest first. It grows as requests come in. */
  readonly requests: readonly FakeBackendRequest[];
  /** The tenant that was handed out last, with its end by the backend's clock; null before the first. */
  getTenant(): UpsolveTenant | null;
  /**
   * Orders the next answers. Orders with `times` queue up in turn; one without holds until something else is ordered.
   *
   * A code is answered as a real backend would cause it: `network` rejects, `timeout` stays open until the request is
   * aborted or `release()` is called (408 is the same code at once), `token_not_renewed` brings the newest token once
   * more, and `token_expired_on_arrival` brings dead ones: the provider asks twice before it gives up. A status stands
   * alone, as a proxy's; 200 is the good answer, and 3xx leads to a page to sign in. A Response is given as it is.
   */
  respondWith(answer: FakeAnswer, options?: RespondWithOptions): void;
  /** Lets requests stay open from now on, as of a backend that never answers. */
  hang(options?: HangOptions): void;
  /** Answers what stays open, with whatever is ordered by then, and lets nothing stay open any more. */
  release(): void;
  /**
   * Time passes until the newest token has ended. In a page a `resume` event follows within a microtask, as after a
   * sleep, so that the provider sees it at once and not with its next tick.
   */
  expireNow(): void;
  /** What later answers grant; what is left out is false. */
  setPermissions(flags: FakePermissions): void;
}

const ORIGIN = 'https://backend.test';

/**
 * A backend without a server, for `UpsolveTenantProvider` in tests and stories. It mints tokens of Upsolve's shape
 * without crypto, echoes the tenant it was asked for, and settles within microtasks: fake timers can't hold it up.
 */
export function createFakeBackend(options: FakeBackendOptions = {}): FakeBackend {
  const { latencyMs = 0, permissionsFrom = 'answer', tenantId = DEFAULT_TENANT_ID } = options;
  const clock = createFakeClock();
  const issuer = createFakeIssuer(options, clock);
  const requests: FakeBackendRequest[] = [];
  const orders: Record<RequestKind, AnswerQueue> = {
    tenant: createAnswerQueue(),
    permissions: createAnswerQueue(),
  };
  const hanging = new Map<RequestKind, { ignoreAbort: boolean }>();
  const turnstile = createTurnstile();

  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const at = new Date(clock.now());
    // Only a Request is read asynchronously: any other is in the list when `fetch` returns.
    const text = isRequest(input) ? await input.clone().text() : undefined;
    const asked = readFakeRequest(input, init, text, at);
    const { signal } = asked;
    const { request } = asked.record;
    requests.push(asked.record);
    await raceAbort(latencyMs > 0 ? wait(latencyMs) : Promise.resolve(), signal);

    const hang = hanging.get(request);
    if (hang) await turnstile.wait(signal, hang.ignoreAbort);
    const order = orders[request].take();
    if (order?.answer === 'timeout') await turnstile.wait(signal, false);

    const source: AnswerSource = {
      issuer,
      nowMs: clock.serverNow(),
      defaultTenantId: String(tenantId),
      carriesPermissions: permissionsFrom === 'answer',
    };
    return await (order ? createOrderedAnswer(order, asked, source) : createGoodAnswer(asked, source));
  };

  // The failures it was told to make are no news to a developer.
  Object.defineProperty(fetch, Symbol.for('react-upsolve-tenant.silent'), { value: true });

  return {
    providerProps: {
      endpoint: `${ORIGIN}/upsolve/tenant/register`,
      refreshEndpoint: `${ORIGIN}/upsolve/tenant/refresh-token`,
      ...(permissionsFrom === 'endpoint' && { permissionsEndpoint: `${ORIGIN}/upsolve/permissions/tenant-settings/` }),
      fetch,
      clock,
      dashboard: FakeUpsolveDashboard,
    },
    clock,
    requests,
    getTenant() {
      const newest = issuer.getNewest();
      if (!newest) return null;
      const { tenantId: id, token, permissions, endsAtMs } = newest;
      return { id, token, permissions, expiresAt: new Date(endsAtMs) };
    },
    respondWith(answer, { times, request = 'tenant', retryAfterMs } = {}) {
      orders[request].order({ answer, retryAfterMs }, times);
    },
    hang({ request = 'tenant', ignoreAbort = false } = {}) {
      hanging.set(request, { ignoreAbort });
    },
    release() {
      hanging.clear();
      turnstile.open();
    },
    expireNow() {
      // The token's own claim is in whole seconds, rounded up.
      const endMs = Math.ceil((issuer.getNewest()?.endsAtMs ?? 0) / 1_000) * 1_000;
      clock.advance(Math.max(0, endMs + 1 - clock.serverNow()));
      void Promise.resolve().then(() => globalThis.document?.dispatchEvent(new Event('resume')));
    },
    setPermissions: (flags) => issuer.setPermissions(flags),
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
