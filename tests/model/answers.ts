import { createLedger, type Ledger, type Stated } from './ledger';
import type { Scenario, ServerMode } from './scenario';
import type { World } from './world';

/** What follows from an answer. */
export type Outcome = 'good' | 'retry' | 'keep and stop' | 'drop and stop';

/** What goes over the wire; status -1 is a fetch that rejects. */
export interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  readonly type?: 'opaqueredirect';
  readonly outcome: Outcome;
  /** What a good answer says of its token. */
  readonly stated?: Stated;
  readonly isBodyHung?: boolean;
}

export interface Answers {
  readonly ledger: Ledger;
  /** `isPinned`: the page has accepted an answer that names this tenant. */
  answer(
    mode: ServerMode,
    tenant: string,
    asked: { redirect?: RequestRedirect | undefined; isPinned: boolean },
  ): Answer;
}

/** All of it JSON: what is none has modes of its own. */
const MALFORMED: readonly unknown[] = [
  {},
  { token: '' },
  { token: 17 },
  { token: 'short' },
  { token: 'three.dotted.parts-of-nothing' },
  [],
  null,
  'text',
  { data: { message: 'fine' } },
  { token: 'x'.repeat(20), expiresAt: 'tomorrow' },
  { token: 'x'.repeat(20), expiresIn: 'soon' },
];

/** What a backend of this configuration answers in each of its modes, by the world's true time. */
export function createAnswers({ server: config }: Scenario, world: World): Answers {
  const ledger = createLedger(config);
  const kept = new Map<string, { token: string; answer: Answer; madeMs: number }>();

  function state(tenant: string, token: string, echo: string): Answer {
    const nowMs = world.trueNow();
    const { endsMs } = ledger.get(token);
    const { time, expiry, hasEcho, shape } = config;
    const isInBody = time === 'body' || time === 'both';
    const said = {
      token,
      ...((expiry === 'at' || expiry === 'both') && { expiresAt: new Date(endsMs).toISOString() }),
      ...((expiry === 'in' || expiry === 'both') && { expiresIn: (endsMs - nowMs) / 1_000 }),
      ...(isInBody && { serverTime: nowMs }),
      ...(hasEcho && { tenantId: echo }),
      ...(config.permissions === 'inline' && { permissions: { addChart: true, [`of ${tenant}`]: true } }),
    };
    const snake = Object.entries(said).map(([name, value]) => [
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]);
    const body: unknown = shape === 'snake' ? Object.fromEntries(snake) : said;
    const dateMs = Math.floor(nowMs / 1_000) * 1_000;
    const isDated = time === 'date' || time === 'both';
    return {
      status: 200,
      text: JSON.stringify(shape === 'wrapped' ? { status: 'success', data: body } : body),
      headers: isDated ? { date: new Date(dateMs).toUTCString() } : {},
      outcome: 'good',
      stated: {
        token,
        claims: ledger.claimsOf(token),
        expiresAtMs: 'expiresAt' in said ? endsMs : undefined,
        expiresInMs: 'expiresIn' in said ? endsMs - nowMs : undefined,
        serverTimeMs: isInBody ? nowMs : isDated ? dateMs : undefined,
      },
    };
  }

  function answerWell(tenant: string): Answer {
    const nowMs = world.trueNow();
    const { reuse, lifetimeMs } = config;
    const former = kept.get(tenant);
    const leftMs = former ? ledger.get(former.token).endsMs - nowMs : 0;
    const isReused = former && leftMs > (reuse === 'half' ? lifetimeMs / 2 : 1_000) && reuse !== 'never';
    const token = isReused ? former.token : ledger.mint(tenant, nowMs, lifetimeMs);
    const answer = state(tenant, token, echoOf(tenant));
    kept.set(tenant, { token, answer, madeMs: nowMs });
    return answer;
  }

  function answerAged(tenant: string, ageMs: number): Answer {
    const token = ledger.mint(tenant, world.trueNow() - ageMs, config.lifetimeMs);
    return { ...state(tenant, token, echoOf(tenant)), outcome: 'retry' };
  }

  function answerFromCache(tenant: string, hasAge: boolean): Answer {
    const { answer, madeMs } = kept.get(tenant) ?? { answer: answerWell(tenant), madeMs: world.trueNow() };
    const ageMs = Math.floor((world.trueNow() - madeMs) / 1_000) * 1_000;
    if (!hasAge) return { ...answer, outcome: 'retry' };
    const { stated } = answer;
    const told = config.time === 'body' || config.time === 'both' ? stated?.serverTimeMs : undefined;
    const serverTimeMs = told === undefined ? undefined : told + ageMs;
    const headers = { ...answer.headers, age: String(ageMs / 1_000) };
    return { ...answer, headers, outcome: 'retry', ...(stated && { stated: { ...stated, serverTimeMs } }) };
  }

  function answerWrongly(tenant: string, isEchoed: boolean, isPinned: boolean): Answer {
    const other = echoOf(tenant) === 'a' ? 'b' : 'a';
    if (isEchoed) {
      const canTell = config.hasEcho && (tenant !== 'solo' || isPinned);
      if (!canTell) return { status: 503, outcome: 'retry' };
      return {
        ...state(other, ledger.mint(other, world.trueNow(), config.lifetimeMs), echoOf(other)),
        outcome: 'drop and stop',
      };
    }
    // Between no tenant id and some nothing can be told: only two ids contradict each other.
    const isOther = (token: string): boolean => {
      const names = [echoOf(ledger.get(token).tenant), echoOf(tenant)];
      return !names.includes('solo') && names[0] !== names[1];
    };
    const known = ledger.getRemembered().findLast(isOther);
    if (known === undefined) return { status: 503, outcome: 'retry' };
    return { ...state(ledger.get(known).tenant, known, echoOf(tenant)), outcome: 'drop and stop' };
  }

  /** What a redirect leads to and is no JSON is a login page. */
  const answer: Answers['answer'] = (mode, tenant, asked) => {
    const answered = answerAs(mode, tenant, asked);
    const isPage = ['html', 'empty', 'network'].includes(mode);
    return asked.redirect === 'follow' && isPage ? { ...answered, outcome: 'drop and stop' } : answered;
  };

  function answerAs(
    mode: ServerMode,
    tenant: string,
    { redirect, isPinned }: Parameters<Answers['answer']>[2],
  ): Answer {
    const nowMs = world.trueNow();
    const failed = (status: number, body: unknown, outcome: Outcome, headers: Record<string, string> = {}): Answer => {
      return { status, text: typeof body === 'string' ? body : JSON.stringify(body), headers, outcome };
    };
    const html = '<!doctype html><title>Sign in</title>';
    switch (mode) {
      case 'ok':
      case 'slow':
      case 'crawling':
      case 'hung':
        return answerWell(tenant);
      case 'hung body':
        return { ...answerWell(tenant), isBodyHung: true, outcome: 'retry' };
      case '503':
      case '408':
        return failed(Number(mode), {}, 'retry');
      case '503 html':
        return failed(503, html, 'retry', { 'retry-after': '2' });
      case '429':
        return failed(429, {}, 'retry');
      case '429 soon':
        return failed(429, {}, 'retry', { 'retry-after': '0' });
      case '429 late':
        return failed(429, {}, 'retry', {
          date: new Date(nowMs).toUTCString(),
          'retry-after': new Date(nowMs + 90_000).toUTCString(),
        });
      case '401':
        return failed(401, { error: 'Who are you?' }, 'drop and stop');
      case '401 token expired':
        return failed(401, { error: 'Token expired' }, 'drop and stop');
      case '401 api key':
        return failed(401, { error: 'Invalid API key' }, 'keep and stop');
      case '403':
        return failed(403, { error: 'No' }, 'drop and stop');
      case '403 html':
        return failed(403, html, 'retry');
      case '400':
        return failed(400, { error: 'Missing required prefilters' }, 'keep and stop');
      case '404':
        return failed(404, html, 'keep and stop');
      case 'html':
        return failed(200, html, 'retry');
      case 'empty':
        return failed(204, '', 'retry');
      case 'login page':
        // A fetch of the app's own has followed the redirect by itself.
        if (redirect === undefined) return failed(200, html, 'retry');
        if (redirect !== 'manual') return failed(200, html, 'drop and stop');
        return { status: 0, type: 'opaqueredirect', outcome: 'drop and stop' };
      case 'login page elsewhere':
      case 'network':
        if (mode === 'network' || redirect === undefined) return { status: -1, outcome: 'retry' };
        return { status: redirect === 'manual' ? 302 : -1, outcome: 'drop and stop' };
      case 'dead':
        return answerAged(tenant, 2 * config.lifetimeMs);
      case 'older':
        return answerAged(tenant, config.lifetimeMs / 3);
      case 'cached':
      case 'cached without age':
        return answerFromCache(tenant, mode === 'cached');
      case 'unchanged':
        if (!kept.has(tenant)) answerWell(tenant);
        return { ...state(tenant, kept.get(tenant)!.token, echoOf(tenant)), outcome: 'retry' };
      case 'wrong echo':
        return answerWrongly(tenant, true, isPinned);
      case 'wrong token':
        return answerWrongly(tenant, false, isPinned);
      case 'malformed':
        return failed(200, JSON.stringify(MALFORMED[Math.floor(world.random() * MALFORMED.length)]), 'retry');
    }
  }

  return { ledger, answer };
}

/** The tenant id on the wire: another user of the same tenant asks for the same one. */
export function echoOf(tenant: string): string {
  return tenant.split(' ')[0] ?? tenant;
}
