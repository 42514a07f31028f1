import { diagnoseFailure } from '../core/diagnosis';
import type { UpsolveTenantErrorCode } from '../core/errors';
import { randomBytes } from 'node:crypto';
import type { Findings } from './findings';
import { judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { getLast, type Play, type Wire } from './wire';

interface WantedRefusal {
  /** The codes that are as they should be, as the client reads them. */
  readonly wanted: readonly UpsolveTenantErrorCode[];
  /** The status to answer instead of another. */
  readonly status: number;
}

/** A refusal: which code the client makes of it, whether it is JSON, and whether a page may read it. */
export function judgeRefusal(
  step: string,
  play: Play,
  wire: Wire,
  findings: Findings,
  { wanted, status: best }: WantedRefusal,
): void {
  const { error } = play;
  if (!error) return;
  judgeRedirects(step, play, findings);
  judgeCors(step, play, wire, findings);
  const status = getLast(play)?.status;
  const came = status === undefined ? 'no answer' : String(status);
  const { cure } = diagnoseFailure(error, play.exchange);
  if (!wanted.includes(error.code)) {
    findings.fault(step, `The client takes the refusal (${came}) for ${error.code}`, {
      cure:
        error.code === 'server' || error.code === 'network'
          ? `Refuse it with ${best} and JSON. ${cure}`
          : `Answer ${best} with {"error": "…", "code": "${wanted[0] ?? ''}"}.`,
    });
    return;
  }
  if (isPage(play)) {
    findings.fault(step, `It is refused with a page (${came})`, {
      cure: `Answer ${best} with {"error": "…", "code": "${wanted[0] ?? ''}"}. ${cure}`,
    });
    return;
  }
  findings.holds(step, `Refused with ${came}, which the client takes for ${error.code}`);
  judgeHeaders(step, play, findings, { isError: true });
}

/** No session, another tenant, no body, another method. */
export async function playRefusals({
  wire,
  findings,
}: {
  readonly wire: Wire;
  readonly findings: Findings;
}): Promise<void> {
  await playNoSession(wire, findings);
  await playOtherTenant(wire, findings);
  await playBody('no body', wire, findings, {});
  await playBody('a broken body', wire, findings, { body: '{', headers: { 'content-type': 'application/json' } });
  await playMethod(wire, findings);
}

async function playNoSession(wire: Wire, findings: Findings): Promise<void> {
  const step = 'no session';
  if (!wire.hasSession) {
    findings.skip(
      step,
      'No header was given, so there is no session to leave out. See --help for how to give a cookie.',
    );
    return;
  }
  const play = await wire.askTenant({ hasSession: false });
  if (play.received) {
    findings.fault(step, 'A token was handed out to nobody', { cure: 'Answer 401 where nobody is signed in.' });
    return;
  }
  judgeRefusal(step, play, wire, findings, { wanted: ['unauthenticated', 'token_expired'], status: 401 });
}

async function playOtherTenant(wire: Wire, findings: Findings): Promise<void> {
  const step = 'another tenant';
  const tenantId = `check-${randomBytes(6).toString('hex')}`;
  const play = await wire.askTenant({ body: { tenantId } });
  if (play.error) {
    const wanted: UpsolveTenantErrorCode[] = [
      'tenant_mismatch',
      'forbidden',
      'not_found',
      'invalid_tenant_configuration',
    ];
    judgeRefusal(step, play, wire, findings, { wanted, status: 409 });
    return;
  }
  const { tenantId: camel, tenant_id: snake, data } = Object(play.received?.body) as Record<string, unknown>;
  const echo = [camel, snake, (Object(data) as Record<string, unknown>)['tenantId']].find((id) => id != null);
  if (echo === tenantId) {
    findings.fault(step, 'A token was handed out for a tenant that only the request names', {
      cure: 'Take the tenant from the session alone, and refuse another one with 409.',
    });
  } else if (echo === undefined) {
    findings.advise(step, 'A token came, and nothing says whose it is', {
      cure: "Refuse a tenantId that is not the session's with 409, or send tenantId with the token.",
    });
  } else {
    findings.holds(step, "The session's own tenant was answered, whatever the request names");
    findings.advise(step, 'The request was for another tenant', {
      cure: 'Refuse it with 409: the page then says so at once.',
    });
  }
}

/** The session says who is asking, so a body is needed by nobody; and what nobody can read is no failure of the server. */
async function playBody(step: string, wire: Wire, findings: Findings, init: RequestInit): Promise<void> {
  const play = await wire.ask(wire.register, { method: 'POST', ...init });
  if (play.received) {
    findings.holds(step, 'Answered by the session alone');
    return;
  }
  judgeRefusal(step, play, wire, findings, { wanted: ['invalid_tenant_configuration'], status: 400 });
}

async function playMethod(wire: Wire, findings: Findings): Promise<void> {
  const step = 'GET in place of POST';
  const play = await wire.ask(wire.register, { method: 'GET' });
  if (play.received) {
    findings.fault(step, 'A token is handed out on GET, which a cache or a link may ask', {
      cure: 'Answer POST only.',
    });
    return;
  }
  judgeRefusal(step, play, wire, findings, { wanted: ['not_found'], status: 405 });
}

function isPage({ exchange }: Play): boolean {
  return /^\s*</.test(exchange?.text ?? '');
}
