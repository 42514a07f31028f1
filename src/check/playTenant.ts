import type { TenantAnswer } from '../core/answer';
import { diagnoseFailure, MISTAKES } from '../core/diagnosis';
import { UpsolveTenantError } from '../core/errors';
import { isSamePermissions, type UpsolvePermissions } from '../core/permissions';
import { refuseApiKey } from '../core/refusals';
import { readClaims } from './claims';
import type { Findings } from './findings';
import { type Fields, judgeFields } from './judgeFields';
import { judgeFlags } from './judgeFlags';
import { canRead, judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { judgeTime } from './judgeTime';
import { tellFailure } from './tellFailure';
import type { Wire } from './wire';

/** A token that came, with all that was read of its answer. */
export interface PlayedTenant {
  readonly answer: TenantAnswer;
  readonly permissions: UpsolvePermissions | undefined;
  readonly serverNowMs: number | undefined;
}

export interface TenantPlayParts {
  readonly wire: Wire;
  readonly findings: Findings;
  /** Waits for a number of ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** A page waits for 10 s. */
const SLOW_MS = 5_000;
/** A JWT of the same second is the same text, for its claims are. */
const NEXT_SECOND_MS = 1_100;

/** Register, register again, refresh: as a page does in its first hour. Undefined where no token came. */
export async function playTenant({ wire, findings, wait }: TenantPlayParts): Promise<PlayedTenant | undefined> {
  const first = await ask('register', wire, findings);
  if (!first) return undefined;
  await wait(NEXT_SECOND_MS);
  const again = await ask('register again', wire, findings);
  if (again) compareKept(first, again, findings);
  await wait(NEXT_SECOND_MS);
  const refreshed = await ask('refresh', wire, findings);
  if (refreshed) compareRefreshed(again ?? first, refreshed, findings);
  return refreshed ?? again ?? first;
}

type TenantStep = 'register' | 'register again' | 'refresh';

async function ask(step: TenantStep, wire: Wire, findings: Findings): Promise<PlayedTenant | undefined> {
  const play = await wire.askTenant({ isRegistered: step === 'refresh' });
  hideTokens(play.received?.body, findings);
  judgeRedirects(step, play, findings);
  judgeCors(step, play, wire, findings);
  if (!play.received) {
    tellFailure(step, play, findings, wire.hasSession);
    return undefined;
  }
  findings.holds(
    step,
    `Answered ${play.hops.at(-1)?.response.status ?? 200} with JSON in ${play.receivedAtMs - play.sentAtMs} ms`,
  );
  if (play.receivedAtMs - play.sentAtMs > SLOW_MS) {
    findings.advise(step, 'The answer takes more than half of what a page waits', {
      cure: 'A page gives up after 10 s. Give Upsolve 8 s at most, and say 504 yourself.',
    });
  }
  judgeHeaders(step, play, findings);
  judgeKey(step, play.received.body, findings);
  const answer = judgeFields(step, play.received.body, findings);
  if (!answer) return undefined;
  const serverNowMs = judgeTime(step, answer, play, findings, {
    tenantId: wire.tenantId,
    isMinted: step === 'refresh',
    canReadDate: canRead(play, wire, 'date'),
  });
  judgePrefilters(step, answer.token, findings);
  const permissions = answer.permissions && judgeFlags(step, play.received.body, findings);
  if (!permissions && !wire.permissions) findings.advise(step, MISTAKES.no_permissions);
  return { answer, permissions, serverNowMs };
}

function hideTokens(body: unknown, findings: Findings): void {
  const { data, ...outer } = Object(body) as { data?: unknown };
  for (const holder of [outer, Object(data) as object]) {
    // Whatever is long and without a blank may be one, under any name.
    for (const value of Object.values(holder)) {
      if (typeof value === 'string' && /^\S{32,}$/.test(value)) findings.hide(value);
    }
    const { token } = holder as { token?: unknown };
    // Its parts too, one of which is its signature.
    if (typeof token === 'string') for (const part of [token, ...token.split('.')]) findings.hide(part);
  }
}

/** Where the token says which rows it shows, it must say so. */
function judgePrefilters(step: string, token: string, findings: Findings): void {
  const { payload } = readScope(token);
  const { prefilters } = Object(payload) as { prefilters?: unknown };
  if (prefilters === undefined) return;
  const values = Object.values(Object(prefilters) as object) as unknown[];
  if (values.length > 0 && values.every((value) => value !== null && value !== '')) return;
  findings.fault(step, 'The prefilters of the token are blank, so it shows the data of every tenant', {
    cure: 'Register with a column and its value, and refuse a tenant that has none.',
  });
}

function judgeKey(step: string, body: unknown, findings: Findings): void {
  try {
    refuseApiKey(JSON.stringify(body));
  } catch {
    findings.fault(step, "An Upsolve API key is in the answer, where every user's browser has it", {
      cure: 'Take it out of the answer, and replace the key now.',
    });
  }
}

/** A token may be handed out twice, if the page is told the time. */
function compareKept(first: PlayedTenant, again: PlayedTenant, findings: Findings): void {
  const step = 'register again';
  judgeScope(step, first, again, findings);
  if (first.answer.token !== again.answer.token) {
    findings.holds(step, 'Each registration mints a new token');
    return;
  }
  if (again.serverNowMs === undefined) {
    findings.fault(step, 'A token is handed out again, and nothing tells the time', {
      cure: 'Send serverTime: a page whose clock is wrong takes a token that it knows for a dead one.',
    });
  } else findings.holds(step, 'A token that has time left is handed out again');
}

function compareRefreshed(before: PlayedTenant, refreshed: PlayedTenant, findings: Findings): void {
  const step = 'refresh';
  const { token, claims } = refreshed.answer;
  const isOlder = (claims?.issuedAtMs ?? 0) < (before.answer.claims?.issuedAtMs ?? Number.NEGATIVE_INFINITY);
  if (token === before.answer.token || isOlder) {
    const { what, cure } = diagnoseFailure(new UpsolveTenantError('token_not_renewed'));
    findings.fault(step, isOlder ? 'An older token came than the one before' : `${what}: the same token came again`, {
      cure,
    });
  } else {
    const isLater = (claims?.issuedAtMs ?? 0) > (before.answer.claims?.issuedAtMs ?? Number.POSITIVE_INFINITY);
    findings.holds(step, isLater ? 'A new token came, with a later iat' : 'A new token came');
  }
  judgeScope(step, before, refreshed, findings);
}

/** Of the claims only what names a scope is compared; what a token has beside it may be new in each. */
function judgeScope(step: string, before: PlayedTenant, after: PlayedTenant, findings: Findings): void {
  const cure = 'Register each time with the same displayName, prefilters, schema and permissions.';
  if (before.answer.tenantId !== after.answer.tenantId) {
    findings.fault(step, 'tenantId is another one than before', { value: after.answer.tenantId, cure });
    return;
  }
  const [old, now] = [before, after].map(({ answer }) => readScope(answer.token));
  const changed = Object.keys({ ...old, ...now }).filter(
    (name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]),
  );
  const named: string[] = changed.filter((name) => name === 'displayName' || name === 'parentOrgId');
  const [oldRows, newRows] = [old, now].map((scope) =>
    JSON.stringify((Object(scope?.['payload']) as Fields)['prefilters']),
  );
  if (oldRows !== newRows) named.push('prefilters');
  if (named.length > 0) {
    findings.fault(step, `The token is of another scope than before: ${named.join(', ')} changed`, { cure });
  } else if (changed.length > 0) {
    findings.advise(step, `${changed.join(', ')} of the token changed: look whether it shows the same data`, { cure });
  } else findings.holds(step, 'The scope is the same as before');
  const { permissions } = after;
  if (permissions && before.permissions && !isSamePermissions(permissions, before.permissions)) {
    findings.advise(step, 'The permissions are others than before', { cure: 'Fine if the role has just changed.' });
  }
}

/** A JWT's claims but for those of time. */
function readScope(token: string): Fields {
  const { iat: _iat, exp: _exp, nbf: _nbf, jti: _jti, data, ...claims } = readClaims(token) ?? {};
  return { ...claims, ...(Object(data) as object) };
}
