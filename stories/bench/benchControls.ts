import type { ClockMove, Mood } from './createBench';

/** What the toolbar above a story and the strip below it offer. */
export const MOODS: Readonly<Record<Mood, string>> = {
  ok: 'ok',
  slow: 'slow: 4 s',
  hung: 'hung: never answers',
  network: 'offline',
  timeout: 'times out',
  server: '500',
  rate_limited: '429',
  invalid_response: 'no JSON',
  invalid_api_key: '401 API key',
  unauthenticated: '401',
  token_expired: '401 token expired',
  forbidden: '403',
  origin_not_allowed: '403 origin',
  tenant_mismatch: 'another tenant',
  invalid_tenant_configuration: '400',
  not_found: '404',
  token_expired_on_arrival: 'dead tokens',
  token_not_renewed: 'the same token again',
};

export const CLOCK_MOVES: Readonly<Record<ClockMove, string>> = {
  forward: '5 min forward',
  sleep: 'Sleep 2 h',
  back: 'Set back 1 h',
  expire: 'Expire now',
};

/** Tokens' lifetimes, in ms. */
export const LIFETIMES: Readonly<Record<string, string>> = {
  20_000: '20 s',
  60_000: '1 min',
  600_000: '10 min',
  3_600_000: '1 h',
};

/** Ids of tenants with their names. */
export const TENANTS: Readonly<Record<string, string>> = { acme: 'Acme', globex: 'Globex' };

/** Nobody is signed in: the app knows of no tenant. */
export const SIGNED_OUT = 'signed-out';
