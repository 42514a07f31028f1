import { diagnoseFailure, findPageCure } from '../core/diagnosis';
import type { UpsolveTenantErrorCode } from '../core/errors';
import type { Findings } from './findings';
import type { Play } from './wire';

/** A failure in the client's own words, with what only this side of the wire knows. */
export function tellFailure(
  step: string,
  { error, exchange, connection }: Play,
  findings: Findings,
  hasSession = true,
): void {
  if (!error) return;
  const { what, came, cure } = diagnoseFailure(error, exchange);
  const message = [what, came].filter(Boolean).join('. ').replace(/\.$/, '');
  const known: Readonly<Partial<Record<UpsolveTenantErrorCode, string | undefined>>> = {
    not_found: step === 'refresh' ? NO_REFRESH : step === 'register' ? NO_PATH : undefined,
    insecure_endpoint: INSECURE,
    unauthenticated: hasSession ? undefined : NO_SESSION,
  };
  findings.fault(step, message, {
    ...(connection && { value: connection }),
    cure:
      (connection && CONNECTION_CURES[connection]) ?? (exchange && findPageCure(exchange)) ?? known[error.code] ?? cure,
  });
}

const NO_REFRESH =
  'Say by --refresh where it is. If register mints a new token each time, name that one, and give the provider no refreshEndpoint.';
const INSECURE = 'Use https, or on a network that you trust --dangerously-allow-http.';
const NO_PATH = 'Give the URL without /tenant/register, or the path of the route by --register. It must take POST.';
const NO_SESSION = 'The check was given no session. CHECK_HEADERS takes a cookie or an access token: see --help.';
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
