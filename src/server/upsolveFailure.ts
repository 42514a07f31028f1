import { UpsolveTenantError, type UpsolveTenantErrorCode } from '../core/errors';

interface Outcome {
  readonly code: UpsolveTenantErrorCode;
  readonly status: number;
  readonly message: string;
}

const REFUSED_KEY: Outcome = {
  code: 'invalid_api_key',
  status: 401,
  message: 'Invalid API key',
};
const FAILED: Outcome = { code: 'server', status: 502, message: 'Upsolve failed with a server error.' };
const UNREADABLE: Outcome = {
  code: 'invalid_response',
  status: 502,
  message: 'Upsolve answered with something that holds no acceptable token.',
};

/** What the browser is told of Upsolve's failures. None of Upsolve's own text is among it: that may echo the API key. */
const OUTCOMES: Readonly<Partial<Record<UpsolveTenantErrorCode, Outcome>>> = {
  network: { code: 'network', status: 502, message: 'Upsolve could not be reached.' },
  timeout: { code: 'timeout', status: 504, message: 'Upsolve did not answer in time.' },
  server: FAILED,
  not_found: { ...FAILED, message: 'There is no registration at the Upsolve URL of this backend.' },
  rate_limited: { code: 'rate_limited', status: 429, message: 'Upsolve asked for fewer requests.' },
  invalid_response: UNREADABLE,
  token_expired_on_arrival: {
    code: 'token_expired_on_arrival',
    status: 502,
    message: 'Upsolve answered with a token that had already ended.',
  },
  // The API key is the only thing that a registration is refused for: the user's own session is not in question.
  invalid_api_key: REFUSED_KEY,
  unauthenticated: REFUSED_KEY,
  forbidden: REFUSED_KEY,
  token_expired: { code: 'token_expired', status: 401, message: 'Token expired' },
  invalid_tenant_configuration: {
    code: 'invalid_tenant_configuration',
    status: 400,
    message: 'Upsolve refused the configuration of this tenant: Missing required prefilters, or another field.',
  },
};

/** A failure of Upsolve, judged by the same table as the browser's → the error of this backend. */
export function parseUpsolveFailure(failure: UpsolveTenantError, isPage = false): UpsolveTenantError {
  const isUnreadable = isPage && failure.code !== 'rate_limited' && failure.code !== 'server';
  const { code, status, message } = isUnreadable ? UNREADABLE : (OUTCOMES[failure.code] ?? UNREADABLE);
  const isPaused = code === 'server' && failure.status === 503;
  return new UpsolveTenantError(code, {
    status: isPaused ? 503 : status,
    message,
    retryAfterMs: isPaused || code === 'rate_limited' ? failure.retryAfterMs : undefined,
  });
}
