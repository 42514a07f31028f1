import type { TenantAnswer } from '../core/answer';
import { diagnoseFailure, MISTAKES } from '../core/diagnosis';
import { UpsolveTenantError } from '../core/errors';
import { isSamePermissions, type UpsolvePermissions } from '../core/permissions';
import { refuseApiKey } from '../core/refusals';
import type { Findings } from './findings';
import { judgeFields } from './judgeFields';
import { judgeFlags } from './judgeFlags';
import { judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { judgeTime } from './judgeTime';
import type { Play, Wire } from './wire';

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

/** A JWT of the same second is the same text, for its claims are. */
const NEXT_SECOND_MS = 1_100;

/** Register, register again, refresh: as a page does in its first hour. Undefined where no token came. */
export async function playTenant({ wire, findings, wait }: TenantPlayParts): Promise<PlayedTenant | undefined> {
  const first = await ask('register', wire, findings);
  if (!first) return undefined;
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
    tellFailure(step, play, findings);
    return undefined;
  }
  findings.holds(
    step,
    `Answered ${play.hops.at(-1)?.response.status ?? 200} with JSON in ${play.receivedAtMs - play.sentAtMs} ms`,
  );
  judgeHeaders(step, play, findings);
  judgeKey(step, play.received.body, findings);
  const answer = judgeFields(step, play.received.body, findings);
  if (!answer) return undefined;
  const { serverNowMs } = judgeTime(step, answer, play, findings, {
    tenantId: wire.tenantId,
    isMinted: step === 'refresh',
  });
  const permissions = answer.permissions && judgeFlags(step, play.received.body, findings);
  if (!permissions && !wire.permissions) findings.advise(step, MISTAKES.no_permissions);
  return { answer, permissions, serverNowMs };
}

/** A failure in the client's own words, with what only this side of the wire knows. */
export function tellFailure(step: string, { error, exchange, connection }: Play, findings: Findings): void {
  if (!error) return;
  const { what, came, cure } = diagnoseFailure(error, exchange);
  const message = [what, came].filter(Boolean).join('. ').replace(/\.$/, '');
  findings.fault(step, message, {
    ...(connection && { value: connection }),
    cure: (connection && CONNECTION_CURES[connection]) ?? cure,
  });
}

const UNTRUSTED = "Node doesn't trust the certificate: name its authority by NODE_EXTRA_CA_CERTS.";
const CONNECTION_CURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there. Start the backend, and look at the port.',
  ECONNRESET: 'The backend, or a proxy before it, cut the connection. Its own log says why.',
  ENOTFOUND: 'There is no such host. Look at its name.',
  EAI_AGAIN: 'The name of the host could not be looked up. Look at it, and at the network.',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_HAS_EXPIRED: 'The certificate has expired. Renew it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
};

function hideTokens(body: unknown, findings: Findings): void {
  const { data, ...outer } = Object(body) as { data?: unknown };
  for (const holder of [outer, Object(data) as object]) {
    // Whatever is long and without a blank may be one, under any name.
    for (const value of Object.values(holder)) {
      if (typeof value === 'string' && /^\S{32,}$/.test(value)) findings.hide(value);
    }
    const { token } = holder as { token?: unknown };
    if (typeof token === 'string') findings.hide(token);
  }
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
  const named = changed.filter((name) => name === 'displayName' || name === 'parentOrgId');
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
function readScope(token: string): Record<string, unknown> | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const { iat: _iat, exp: _exp, nbf: _nbf, jti: _jti, data, ...claims } = payload;
    return { ...claims, ...(Object(data) as object) };
  } catch {
    return undefined;
  }
}
