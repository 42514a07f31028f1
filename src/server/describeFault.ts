import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { redact } from './secret';

/** Whatever was thrown → an error that can be told: of ours the same code, and of none the API key. */
export function describeFault(thrown: unknown, apiKey: string | undefined): UpsolveTenantError {
  const { name, message } = thrown instanceof Error ? thrown : { name: typeof thrown, message: String(thrown) };
  const text = redact(message, apiKey);
  if (isUpsolveTenantError(thrown)) {
    const { code, status, retryAfterMs, retryable } = thrown;
    return text === message ? thrown : new UpsolveTenantError(code, { message: text, status, retryAfterMs, retryable });
  }
  return new UpsolveTenantError('server', { message: `${redact(name, apiKey)}: ${text}` });
}
