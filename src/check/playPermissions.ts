import { isSamePermissions } from '../core/permissions';
import { randomBytes } from 'node:crypto';
import type { Findings } from './findings';
import { judgeFlags } from './judgeFlags';
import { judgeCors, judgeHeaders, judgeRedirects } from './judgeHeaders';
import { judgeRefusal } from './playRefusals';
import { type PlayedTenant, tellFailure } from './playTenant';
import type { Bearer, Wire } from './wire';

const KEEP_HASHES =
  'Nobody but Upsolve can verify a token, so keep a hash of each that you hand out, with its permissions, until it ends, and refuse every other.';

/** The permissions route: with the token that was handed out, and with those that weren't. */
export async function playPermissions(
  { wire, findings }: { readonly wire: Wire; readonly findings: Findings },
  { answer, permissions }: PlayedTenant,
): Promise<void> {
  if (!wire.permissions) return;
  const step = 'permissions';
  const play = await wire.askPermissions(answer.token);
  if (play.error?.code === 'not_found' && permissions) {
    findings.skip(step, 'There is no such route. None is needed, since permissions come with the token.');
    return;
  }
  judgeRedirects(step, play, findings);
  judgeCors(step, play, wire, findings);
  if (play.error) {
    tellFailure(step, play, findings);
    return;
  }
  judgeHeaders(step, play, findings);
  const flags = judgeFlags(step, play.received?.body, findings);
  if (!flags) {
    findings.fault(step, 'The answer holds no flags', {
      cure: 'Answer them bare, {"addChart":true,"readOnly":false}, or as {"permissions": {…}}.',
    });
  } else if (permissions && !isSamePermissions(permissions, flags)) {
    findings.advise(step, 'The route says another thing than the answer with the token', {
      cure: 'Answer both from one place. Where an answer carries permissions, the route is not asked.',
    });
  }
  await playBearer('permissions, no Bearer', null);
  await playBearer('permissions, a foreign Bearer', forgeToken(answer.token, 3_600));
  await playBearer('permissions, a dead Bearer', forgeToken(answer.token, -60));

  async function playBearer(about: string, bearer: Bearer): Promise<void> {
    if (bearer !== null) findings.hide(bearer);
    const refused = await wire.askPermissions(bearer);
    if (refused.received) {
      findings.fault(about, 'The flags were answered', { cure: KEEP_HASHES });
      return;
    }
    judgeRefusal(about, refused, wire, findings, { wanted: ['unauthenticated', 'token_expired'], status: 401 });
  }
}

/** A token that nobody handed out: of a JWT the claims, with another end and another signature. */
function forgeToken(token: string, lifeSeconds: number): string {
  const [header, payload] = token.split('.');
  const signature = randomBytes(32).toString('base64url');
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const times = { iat: nowSeconds - 3_600, exp: nowSeconds + lifeSeconds };
  try {
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
    return [header, Buffer.from(JSON.stringify({ ...claims, ...times })).toString('base64url'), signature].join('.');
  } catch {
    return signature;
  }
}
