import { parseAnswer, type TenantAnswer } from '../core/answer';
import { findPageCure } from '../core/diagnosis';
import type { UpsolveTenantErrorCode } from '../core/errors';
import { parsePermissions } from '../core/permissions';
import { randomBytes } from 'node:crypto';
import type { Findings } from './findings';
import { judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { getLast, type Play, type Wire } from './wire';

export interface RefusalParts {
  readonly wire: Wire;
  readonly findings: Findings;
}

interface WantedRefusal {
  /** The codes that are as they should be, as the client reads them. */
  readonly wanted: readonly UpsolveTenantErrorCode[];
  /** The status to answer instead of another. */
  readonly status: number;
  /** What it is where nothing was refused. */
  readonly given: string;
  readonly cure: string;
}

/** A refusal: whether it is one, which code the client makes of it, whether it is JSON, and whether a page may read it. */
export function judgeRefusal(step: string, play: Play, { wire, findings }: RefusalParts, refusal: WantedRefusal): void {
  const { wanted, status: best, given, cure } = refusal;
  const { error, received } = play;
  const answerInstead = `Answer ${best} with {"error": "…", "code": "${wanted[0] ?? ''}"}.`;
  if (received) {
    if (readTenant(received.body) || parsePermissions(received.body)) findings.fault(step, given, { cure });
    else findings.fault(step, 'The refusal has status 200', { cure: answerInstead });
    return;
  }
  if (!error) return;
  if (judgeRedirects(step, play, findings)) return;
  judgeCors(step, play, wire, findings);
  const status = getLast(play)?.status;
  const came = status === undefined ? 'no answer' : String(status);
  const page = play.exchange && findPageCure(play.exchange);
  if (!wanted.includes(error.code)) {
    findings.fault(step, `The client takes the refusal (${came}) for ${error.code}`, { cure: page ?? answerInstead });
  } else if (/^\s*</.test(play.exchange?.text ?? '')) {
    findings.fault(step, `It is refused with a page (${came})`, { cure: page ?? answerInstead });
  } else {
    findings.holds(step, `Refused with ${came}, which the client takes for ${error.code}`);
    judgeHeaders(step, play, findings, { isError: true });
  }
}

/** Undefined for what holds no token. */
function readTenant(body: unknown): TenantAnswer | undefined {
  try {
    return parseAnswer(body);
  } catch {
    return undefined;
  }
}

/** No session and another tenant, of both routes; no body, a broken one, another method; a page of anybody's. */
export async function playRefusals(parts: RefusalParts): Promise<void> {
  const { wire } = parts;
  const routes = wire.refresh.href === wire.register.href ? ['register'] : ['register', 'refresh'];
  for (const route of routes) await playNoSession(route, parts);
  for (const route of routes) await playOtherTenant(route, parts);
  await playBody('no body', parts, {});
  await playBody('a broken body', parts, { body: '{', headers: { 'content-type': 'application/json' } });
  await playMethod(parts);
  await playStrangeOrigin(parts);
}

async function playNoSession(route: string, parts: RefusalParts): Promise<void> {
  const { wire, findings } = parts;
  const step = `${route}, no session`;
  if (!wire.hasSession) {
    findings.skip(step, 'No header was given, so there is no session to leave out: see --help.');
    return;
  }
  const play = await wire.askTenant({ isRegistered: route === 'refresh', hasSession: false });
  judgeRefusal(step, play, parts, {
    wanted: ['unauthenticated', 'token_expired'],
    status: 401,
    given: 'A token was handed out to nobody',
    cure: 'Answer 401 where nobody is signed in.',
  });
}

async function playOtherTenant(route: string, parts: RefusalParts): Promise<void> {
  const { wire, findings } = parts;
  const step = `${route}, another tenant`;
  const tenantId = `check-${randomBytes(6).toString('hex')}`;
  const play = await wire.askTenant({ isRegistered: route === 'refresh', body: { tenantId } });
  const answer = readTenant(play.received?.body);
  if (!answer || answer.tenantId === tenantId) {
    judgeRefusal(step, play, parts, {
      wanted: ['tenant_mismatch', 'forbidden', 'not_found', 'invalid_tenant_configuration'],
      status: 409,
      given: 'A token was handed out for a tenant that only the request names',
      cure: 'Take the tenant from the session alone, and refuse another one with 409.',
    });
  } else if (answer.tenantId === undefined) {
    findings.advise(step, 'A token came, and nothing says whose it is', {
      cure: "Refuse a tenantId that is not the session's with 409, or send tenantId with the token.",
    });
  } else {
    findings.advise(step, "The session's own tenant was answered, whatever the request names", {
      cure: 'Refuse another one with 409: the page then says so at once.',
    });
  }
}

/** The session says who is asking, so a body is needed by nobody; and what nobody can read is no failure of the server. */
async function playBody(step: string, parts: RefusalParts, init: RequestInit): Promise<void> {
  const { wire, findings } = parts;
  const play = await wire.ask(wire.register, { method: 'POST', ...init });
  if (readTenant(play.received?.body)) findings.holds(step, 'Answered by the session alone');
  else judgeRefusal(step, play, parts, { wanted: ['invalid_tenant_configuration'], status: 400, given: '', cure: '' });
}

async function playMethod(parts: RefusalParts): Promise<void> {
  const play = await parts.wire.ask(parts.wire.register, { method: 'GET' });
  judgeRefusal('GET in place of POST', play, parts, {
    wanted: ['not_found'],
    status: 405,
    given: 'A token is handed out on GET, which a cache or a link may ask',
    cure: 'Answer POST only.',
  });
}

/** Whoever gives back any origin lets every site on the web read the tokens of whoever visits it. */
async function playStrangeOrigin({ wire, findings }: RefusalParts): Promise<void> {
  const step = 'a page of another site';
  const origin = `https://check-${randomBytes(6).toString('hex')}.example`;
  const play = await wire.ask(wire.register, { method: 'POST', headers: { origin, 'sec-fetch-site': 'cross-site' } });
  const headers = getLast(play)?.headers;
  const isLetIn = headers?.get('access-control-allow-origin') === origin;
  if (isLetIn && headers?.get('access-control-allow-credentials') === 'true') {
    findings.fault(step, 'Pages of every site may read the answer, with the cookies of whoever visits them', {
      cure: 'Compare Origin with a list of your own, and name no other in Access-Control-Allow-Origin.',
    });
  } else if (headers) findings.holds(step, 'It may not read the answer with a cookie');
}
