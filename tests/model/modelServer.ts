import { type Answer, createAnswers, type Outcome } from './answers';
import type { Ledger } from './ledger';
import type { PermissionMode, Scenario, ServerMode } from './scenario';
import type { World } from './world';

/** What the page is about, as its user knows it. */
export interface Subject {
  /** Up by one with whatever must make the page forget: a switch, `clear()`, the back/forward cache. */
  readonly generation: number;
  /** The tenant that may be shown, and no other. */
  readonly tenant: string | null;
  /** This generation has accepted an answer that names its tenant. */
  readonly isPinned: boolean;
}

/** A request as it comes in, for whoever judges it. */
export interface ModelRequest {
  readonly kind: 'tenant' | 'permissions';
  /** Tenant id of the body, or tenant of the bearer. */
  readonly tenant: string;
  readonly isAborted: boolean;
  /** How many requests of this kind are under way, this one included. */
  readonly openCount: number;
}

/** A backend behind a fetch. */
export interface ModelServer {
  readonly fetch: typeof globalThis.fetch;
  readonly ledger: Ledger;
  mode: ServerMode;
  permissionMode: PermissionMode;
  /** What the newest answer of this generation came to. */
  readonly getOutcome: (generation: number) => Outcome | undefined;
  readonly setOutcome: (generation: number, outcome: Outcome) => void;
  /** The awake moment at which the newest Retry-After ends. */
  readonly getRetryAfterEndMs: () => number;
  /** Whether an answer took the token away since this was asked last; another answer may have followed it. */
  readonly hasTakenToken: (generation: number) => boolean;
  /** A good answer, as a server component would pass it on. */
  readonly createInitialTenant: () => unknown;
  readonly openCount: () => number;
}

const LATENCY_MS = { ok: 800, slow: 8_000, crawling: 30_000 };
const RETRY_AFTER_MS = { least: 1_000, most: 300_000 };

export function createModelServer(
  scenario: Scenario,
  world: World,
  getSubject: () => Subject,
  onRequest: (request: ModelRequest) => void,
): ModelServer {
  const { ledger, answer } = createAnswers(scenario, world);
  const outcomes = new Map<number, Outcome>();
  const taken = new Set<number>();
  const open = { tenant: 0, permissions: 0 };
  let retryAfterEndMs = Number.NEGATIVE_INFINITY;

  function latencyMs(): number {
    const most = server.mode === 'slow' || server.mode === 'crawling' ? LATENCY_MS[server.mode] : LATENCY_MS.ok;
    return most * (0.1 + 0.9 * world.random());
  }

  function noteRetryAfter({ headers = {} }: Answer): void {
    const text = headers['retry-after'];
    if (text === undefined) return;
    const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.parse(headers['date'] ?? '');
    retryAfterEndMs = world.awakeMs() + Math.min(RETRY_AFTER_MS.most, Math.max(RETRY_AFTER_MS.least, ms));
  }

  function answerPermissions(tenant: string): Answer {
    const failed = (status: number, body: unknown): Answer => ({
      status,
      text: JSON.stringify(body),
      outcome: 'retry',
    });
    switch (server.permissionMode) {
      case 'ok':
        return failed(200, { data: { addChart: true, drillDown: false, [`of ${tenant}`]: true } });
      case '503':
        return failed(503, {});
      case '401':
      case '403':
        return failed(Number(server.permissionMode), { error: 'No' });
      case '401 token expired':
        return failed(401, { error: 'Token expired' });
      case 'malformed':
        return failed(200, { permissions: 'all' });
      case 'hung':
        return failed(200, {});
    }
  }

  const ask = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { generation, tenant: known, isPinned } = getSubject();
      const signal = init.signal ?? undefined;
      const kind = url.endsWith('/permissions') ? 'permissions' : 'tenant';
      const bearer = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '';
      const tenant = kind === 'permissions' ? ledger.get(bearer).tenant : (known ?? 'nobody');
      const sent =
        kind === 'tenant' && tenant !== 'solo'
          ? (JSON.parse(init.body as string) as { tenantId: string }).tenantId
          : tenant;
      const asked = { ms: world.trueNow(), unseenMs: world.unseenMs() };
      const mode = kind === 'permissions' ? server.permissionMode : server.mode;
      open[kind] += 1;
      // What a session renewed after a 401 is told counts, and that may be nothing.
      if (kind === 'tenant') outcomes.delete(generation);
      onRequest({ kind, tenant: sent, isAborted: signal?.aborted === true, openCount: open[kind] });

      let isOpen = true;
      const close = (): void => {
        if (isOpen) open[kind] -= 1;
        isOpen = false;
      };
      signal?.addEventListener('abort', () => {
        close();
        if (!scenario.server.ignoresAbort) reject(new DOMException('Aborted', 'AbortError'));
      });
      const halfMs = latencyMs() / 2;
      world.later(halfMs, () => {
        const made =
          kind === 'permissions'
            ? answerPermissions(tenant)
            : answer(mode, tenant, { redirect: init.redirect, isPinned });
        if (mode === 'hung') return;
        world.later(halfMs, () => {
          if (!made.isBodyHung) close();
          const isHeard = signal?.aborted !== true;
          if (kind === 'tenant' && isHeard && !made.isBodyHung) {
            outcomes.set(generation, made.outcome);
            if (made.outcome === 'drop and stop') taken.add(generation);
            noteRetryAfter(made);
          }
          if (made.stated) {
            ledger.deliver(made.stated, {
              generation,
              isHeard,
              sentMs: asked.ms,
              unseenMs: asked.unseenMs,
              nowMs: world.trueNow(),
              wallOffsetMs: world.wallOffsetMs(),
            });
          }
          if (made.status === -1) reject(new TypeError('Failed to fetch'));
          else resolve(createResponse(made));
        });
      });
    });

  const server: ModelServer = {
    fetch: ask as typeof globalThis.fetch,
    ledger,
    mode: 'ok',
    permissionMode: 'ok',
    hasTakenToken: (generation) => taken.delete(generation),
    getOutcome: (generation) => outcomes.get(generation),
    setOutcome: (generation, outcome) => void outcomes.set(generation, outcome),
    getRetryAfterEndMs: () => retryAfterEndMs,
    createInitialTenant() {
      const { generation, tenant } = getSubject();
      const isNamed = scenario.server.hasEcho || tenant === 'solo';
      const { stated, text = '' } = answer('ok', tenant ?? 'nobody', { isPinned: false });
      const now = { isHeard: true, sentMs: world.trueNow(), nowMs: world.trueNow(), unseenMs: world.unseenMs() };
      // It has no headers, and its `expiresIn` has no start; where nothing else states an end, or it doesn't name the
      // tenant that is wanted, it is not believed.
      const hasTime = scenario.server.time === 'body' || scenario.server.time === 'both';
      const told = stated && { ...stated, expiresInMs: undefined, ...(!hasTime && { serverTimeMs: undefined }) };
      if (isNamed && (told?.claims || told?.expiresAtMs !== undefined))
        ledger.deliver(told, { ...now, generation, wallOffsetMs: world.wallOffsetMs() });
      return JSON.parse(text) as unknown;
    },
    openCount: () => open.tenant + open.permissions,
  };
  return server;
}

/** A Response of a library's own making: its promises settle on microtasks, as those of a real one may not. */
function createResponse({ status, text = '', headers = {}, type, isBodyHung }: Answer): Response {
  const response: Partial<Response> = {
    status,
    ok: status >= 200 && status < 300,
    type: type ?? 'basic',
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null } as Headers,
    text: () => (isBodyHung ? new Promise(() => undefined) : Promise.resolve(text)),
  };
  return response as Response;
}
