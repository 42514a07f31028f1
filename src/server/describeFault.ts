import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import { redact } from './secret';

/** Whatever was thrown → an error that can be told: of ours the same code, and of none the API key. */
export function describeFault(thrown: unknown, apiKey: string | undefined): UpsolveTenantError {
  const { name, message } = Object(thrown) as { name?: unknown; message?: unknown };
  const text = redact(String(message ?? thrown), apiKey);
  if (isUpsolveTenantError(thrown)) {
    const { code, status, retryAfterMs, retryable } = thrown;
    return text === message ? thrown : new UpsolveTenantError(code, { message: text, status, retryAfterMs, retryable });
  }
  const kind = redact(String(name ?? 'Error'), apiKey);
  return new UpsolveTenantError('server', { message: `${kind}: ${text}` });
}
