import { inspect } from 'node:util';
import { ERROR_CODES, isUpsolveTenantError } from '../../src/core/errors';
import type { Exchange } from './parserExchanges';
import { HUSH } from './parserTokens';

/** Shorter text may stand in a stack by chance. */
const TELLING_LENGTH = 12;

/** Whatever is thrown is this package's error, and can be logged as it is: nothing of the answer stands in it. */
export function judgeTold(thrown: unknown, answer: Exchange['answer']): void {
  if (!isUpsolveTenantError(thrown)) throw new Error(`crash: ${inspect(thrown)}`);
  const { message, stack, cause, code, retryAfterMs } = thrown;
  if (!ERROR_CODES.includes(code)) throw new Error(`wrong: code ${String(code)}`);
  if (Number.isNaN(retryAfterMs)) throw new Error('wrong: Retry-After is no number');
  const told = [message, stack, String(thrown), JSON.stringify(thrown), JSON.stringify(cause), inspect(thrown)].join(
    '\n',
  );
  const secrets = [HUSH, ...tokensOf(answer)].filter((secret) => secret.length >= TELLING_LENGTH);
  if (secrets.some((secret) => told.includes(secret))) throw new Error(`leak: an error tells of its answer: ${told}`);
}

function tokensOf(answer: Exchange['answer']): string[] {
  const body = answer.via === 'function' ? answer.body : parse(answer.text);
  const { token, data } = Object(body) as { token?: unknown; data?: unknown };
  const inner = (Object(data) as { token?: unknown }).token;
  return [token, inner, body].filter((text) => typeof text === 'string');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
