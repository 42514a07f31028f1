import type { UpsolvePermissions } from '../core/permissions';
import { randomBytes } from 'node:crypto';
import { readClaims } from './claims';
import type { Findings } from './findings';
import { judgeFlags } from './judgeFlags';
import { judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { judgeRefusal, type RefusalParts } from './playRefusals';
import type { PlayedTenant } from './playTenant';
import { tellFailure } from './tellFailure';
import type { Bearer, Play } from './wire';

const KEEP_HASHES =
  'Nobody but Upsolve can verify a token, so keep a hash of each that you hand out, with its permissions, until some minutes after its end, and refuse every other.';

/** The permissions route: with the token that was handed out, and with those that weren't. */
export async function playPermissions(parts: RefusalParts, { answer, permissions }: PlayedTenant): Promise<void> {
  const { wire, findings } = parts;
  if (!wire.permissions) return;
  const step = 'permissions';
  const play = await wire.askPermissions(answer.token);
  if (play.error?.code === 'not_found' && permissions) {
    findings.skip(step, 'There is no such route. None is needed, since permissions come with the token.');
    return;
  }
  judgeRedirects(step, play, findings);
  judgeCors(step, play, wire, findings);
  if (play.error?.code === 'unauthenticated') {
    findings.fault(step, 'The route does not know the token that has just been handed out', { cure: KEEP_HASHES });
  } else if (play.error) tellFailure(step, play, findings);
  else judgePermissions(step, play, permissions, findings);
  await playBearer('no Bearer', null);
  await playBearer('a Bearer that nobody handed out', forgeToken(answer.token, 3_600));
  await playBearer('a Bearer that has ended', forgeToken(answer.token, -60));

  async function playBearer(about: string, bearer: Bearer): Promise<void> {
    if (bearer !== null) findings.hide(bearer);
    judgeRefusal(`permissions, ${about}`, await wire.askPermissions(bearer), parts, {
      wanted: ['unauthenticated', 'token_expired'],
      status: 401,
      given: `The flags were answered for ${about}`,
      cure: KEEP_HASHES,
    });
  }
}

function judgePermissions(step: string, play: Play, beside: UpsolvePermissions | undefined, findings: Findings): void {
  judgeHeaders(step, play, findings);
  const flags = judgeFlags(step, play.received?.body, findings);
  if (!flags) {
    findings.fault(step, 'The answer holds no flags', {
      cure: 'Answer them bare, {"addChart":true,"readOnly":false}, or as {"permissions": {…}}.',
    });
    return;
  }
  const different = beside ? Object.keys({ ...beside, ...flags }).filter((name) => beside[name] !== flags[name]) : [];
  if (different.length > 0) {
    findings.advise(step, `The flags of the route differ from those beside the token: ${different.join(', ')}`, {
      cure: 'Answer both from one place. Where an answer carries permissions, the route is not asked.',
    });
  }
}

/** A token that nobody handed out: of a JWT the claims, with another end and another signature. */
function forgeToken(token: string, lifeSeconds: number): string {
  const [header] = token.split('.');
  const signature = randomBytes(32).toString('base64url');
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const times = { iat: nowSeconds - 3_600, exp: nowSeconds + lifeSeconds };
  const claims = readClaims(token);
  if (!claims) return signature;
  return [header, Buffer.from(JSON.stringify({ ...claims, ...times })).toString('base64url'), signature].join('.');
}
