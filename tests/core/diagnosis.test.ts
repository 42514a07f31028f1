import { describe, expect, it } from 'vitest';
import {
  diagnoseFailure,
  explainFailure,
  explainUnknownFlags,
  findPageCure,
  getCure,
  isSilent,
  MISTAKES,
} from '../../src/core/diagnosis';
import { ERROR_CODES, UpsolveTenantError, type UpsolveTenantErrorCode } from '../../src/core/errors';
import type { Exchange } from '../../src/core/request';

const SECRET = 'sentinel-of-a-token-or-a-body';
const ASKED = new URL(`https://app.example/upsolve/tenant/register?session=${SECRET}`);

function exchangeOf(
  status: number,
  type: string,
  text: string,
  more: { url?: string; headers?: Record<string, string> } = {},
): Exchange {
  const headers = new Headers({ 'content-type': type, 'x-secret': SECRET, ...more.headers });
  const response = { status, headers, url: more.url ?? ASKED.href } as Response;
  return { method: 'POST', url: ASKED, response, text: `${text} ${SECRET}` };
}

function explain(code: UpsolveTenantErrorCode, exchange?: Exchange, message?: string): string {
  const status = exchange?.response?.status;
  return explainFailure(new UpsolveTenantError(code, { status, message }), exchange);
}

describe('the line about a failure', () => {
  it('says what was asked, what came, the cure and where to read on, and holds no secret', () => {
    const line = explain('invalid_response', exchangeOf(200, 'text/html; charset=utf-8', '<!doctype html>'));
    expect(line).toBe(
      'react-upsolve-tenant: invalid_response. ' +
        'POST https://app.example/upsolve/tenant/register answered 200, text/html, a page instead of JSON. ' +
        'Expected JSON with a token: {"token": "…", "expiresAt": "2030-01-01T00:00:00Z"} or {"token": "…", "expiresIn": 3600}. ' +
        'More: README, "Errors", invalid_response.',
    );
  });

  it('says of a missing answer what it may be, and probes nothing', () => {
    const line = explain('network', { method: 'POST', url: ASKED });
    expect(line).toContain('POST https://app.example/upsolve/tenant/register got no answer.');
    expect(line).toMatch(/not running.*offline.*Access-Control-Allow-Origin/);
  });

  it('says where a redirect led, without its query', () => {
    const landed = `https://login.example/sign-in?next=${SECRET}`;
    const line = explain('unauthenticated', exchangeOf(200, 'text/html', '<input type="password">', { url: landed }));
    expect(line).toContain('register was redirected to https://login.example/sign-in, which answered 200');
    expect(line).toContain('It is a login page: let the backend answer fetches without a session with 401 and JSON.');
    expect(line).not.toContain(SECRET);
  });

  it('says of an answer without a content type that it has none', () => {
    const response = { status: 204, headers: new Headers(), url: '' } as Response;
    expect(explain('invalid_response', { method: 'POST', url: ASKED, response, text: '' })).toContain(
      'answered 204, no content type.',
    );
  });

  it.each<[string, UpsolveTenantErrorCode, RegExp]>([
    ['expiresAt has no zone', 'invalid_response', /Send the zone with it: 2030-01-01T00:00:00Z/],
    ['expiresAt is neither in seconds nor in milliseconds', 'invalid_response', /micro- or nanoseconds/],
    ['expiresAt is no date', 'invalid_response', /RFC 3339 date with its zone/],
    ['expiresIn is no number of seconds', 'invalid_response', /expiresIn as a number of seconds: 3600/],
    ['token is missing', 'invalid_response', /needs a field token/],
    ['token does not decode', 'invalid_response', /as Upsolve sent it/],
    ['endpoint is missing', 'invalid_options', /endpoint="\/upsolve\/tenant\/register"/],
    ['the guard has no dashboard', 'invalid_options', /import \{ UpsolveDashboardFrame \}/],
    ["body holds Map, which JSON can't carry", 'invalid_options', /an endpoint function can send forms/],
    ['fetch gave no Response', 'invalid_options', /must resolve to a Response/],
    ['headers are no HTTP headers', 'invalid_options', /plain text/],
  ])('"%s" names the cure', (words, code, cure) => {
    const line = explain(code, undefined, `${code}: ${words}`);
    expect(line).toMatch(cure);
    expect(line).toContain(words);
    expect(line.split('\n')).toHaveLength(1);
  });

  it.each<[string, number, string, string, RegExp]>([
    [
      'Django, CSRF',
      403,
      'text/html',
      '<h1>CSRF verification failed. Request aborted.</h1>',
      /X-CSRFToken.*@csrf_exempt/,
    ],
    ['DRF, CSRF', 403, 'application/json', '{"detail":"CSRF Failed: CSRF token missing."}', /X-CSRFToken/],
    ['Django, host', 400, 'text/html', '<h1>DisallowedHost at /</h1>', /ALLOWED_HOSTS/],
    ['Django, host, in production', 400, 'text/html', '<h1>Bad Request (400)</h1><p></p>', /ALLOWED_HOSTS lacks/],
    ['Rails, CSRF, in production', 422, 'text/html', '<h1>The change you wanted was rejected.</h1>', /X-CSRF-Token/],
    [
      'Django, slash',
      500,
      'text/html',
      "RuntimeError: You called this URL via POST, but the URL doesn't end in a slash and you have APPEND_SLASH set.",
      /slash at the end/,
    ],
    [
      'DRF, nobody',
      401,
      'application/json',
      '{"detail":"Authentication credentials were not provided."}',
      /session cookie or the Authorization header/,
    ],
    ['FastAPI, nobody', 401, 'application/json', '{"detail":"Not authenticated"}', /Authorization header/],
    [
      'FastAPI, no route',
      404,
      'application/json',
      '{"detail":"Not Found"}',
      /does not exist or does not take this method/,
    ],
    ['DRF, method', 405, 'application/json', '{"detail":"Method \\"POST\\" not allowed."}', /@api_view/],
    ['FastAPI, body', 422, 'application/json', '{"detail":[{"loc":["body"]}]}', /FastAPI expected another body/],
    ['Rails, CSRF', 422, 'text/html', '<h1>ActionController::InvalidAuthenticityToken</h1>', /X-CSRF-Token/],
    ['Rails, host', 403, 'text/html', '<h1>Blocked hosts: app.example</h1>', /config\.hosts/],
    ['Laravel, CSRF', 419, 'application/json', '{"message":"CSRF token mismatch."}', /X-XSRF-TOKEN/],
    ['Vite', 200, 'text/html', '<script type="module" src="/@vite/client"></script>', /server\.proxy/],
    ['Next', 404, 'text/html', '<h2>This page could not be found.</h2>', /route handler/],
    ['Express', 404, 'text/html', '<pre>Cannot POST /upsolve/tenant/register</pre>', /mount the handler, or proxy/],
  ])('knows the answer of %s', (_name, status, type, text, cure) => {
    const line = explain('invalid_response', exchangeOf(status, type, text));
    expect(line).toMatch(cure);
    expect(line).not.toContain(SECRET);
  });

  it.each<[string, RegExp]>([
    ['CSRF verification failed', /^Django refused the request for its missing CSRF token: send it/],
    ['csrf failed: Referer checking failed', /^Django refused the request for its missing CSRF token: send it/],
    ['Invalid HTTP_HOST header: app.example', /^Django does not know this host: add it to ALLOWED_HOSTS\.$/],
    ['you have APPEND_SLASH set', /^Django wants the slash at the end \(APPEND_SLASH\): add it to the endpoint\.$/],
    ["the URL doesn't end in a slash", /^Django wants the slash at the end/],
    ['the URL doesn&#x27;t end in a slash', /^Django wants the slash at the end/],
    [
      "Can't verify CSRF token authenticity.",
      /^Rails refused the request.*skip_before_action :verify_authenticity_token/,
    ],
    ['Blocked host: app.example', /^Rails does not know this host: add it to config\.hosts\.$/],
    [
      '419 | Page Expired',
      /^Laravel refused the request.*send X-XSRF-TOKEN, or except this route from the middleware\.$/,
    ],
    ['<script id="__next_f">', /^Next answered with a page: add a route handler .* or a rewrite to the backend\.$/],
    ['<html id="next-error">', /^Next answered with a page/],
    ['{"detail":"Invalid token."}', /^Django REST framework or FastAPI does not know who is asking/],
    ['{"detail" : "Could not validate credentials"}', /^Django REST framework or FastAPI does not know/],
    ['{"detail" : "Method not allowed"}', /^The route does not exist/],
    [
      '{"detail":"Notfound"}',
      /^The route does not exist or does not take this method: check path, slash and @api_view/,
    ],
    ['{"detail" : [{}]}', /^FastAPI expected another body.*give the provider body, or change the model\.$/],
    ["<input type='password'>", /^It is a login page: let the backend answer fetches/],
    ['<input type=password>', /^It is a login page/],
  ])('knows %s', (text, cure) => {
    const exchange = exchangeOf(200, 'text/html', text);
    expect(findPageCure(exchange)).toMatch(cure);
    expect(findPageCure({ method: 'POST', url: ASKED })).toBeUndefined();
  });

  it('has nothing to say of a page that nobody knows', () => {
    expect(findPageCure(exchangeOf(200, 'text/html', '<h1>Hello</h1>'))).toBeUndefined();
    const { text: _, ...unread } = exchangeOf(200, 'text/html', 'CSRF Failed');
    expect(findPageCure(unread)).toBeUndefined();
  });

  it('takes a page for more than words, and words for more than a code', () => {
    const error = new UpsolveTenantError('invalid_response', { message: 'invalid_response: token is missing' });
    expect(diagnoseFailure(error, exchangeOf(200, 'text/html', 'Page Expired')).cure).toMatch(/^Laravel/);
    expect(diagnoseFailure(error).cure).toBe('The answer needs a field token, at its top or inside data.');
    expect(diagnoseFailure(error)).not.toHaveProperty('came');
  });

  it('names the code once, before whatever else the message says', () => {
    const say = (message?: string) => diagnoseFailure(new UpsolveTenantError('server', { message })).what;
    expect([say(), say('server: oops'), say('oops')]).toEqual(['server', 'server: oops', 'server: oops']);
  });

  it('says what came in one sentence, whatever is missing of it', () => {
    const error = new UpsolveTenantError('invalid_response');
    const say = (text: string | undefined, url: string) => {
      const { response, ...exchange } = exchangeOf(203, 'text/html', '', { url });
      return diagnoseFailure(error, { ...exchange, ...(response && { response }), ...{ text } } as Exchange).came;
    };
    const began = 'POST https://app.example/upsolve/tenant/register answered 203, text/html';
    expect(say(undefined, '')).toBe(`${began}.`);
    expect(say('  \n<p>', '')).toBe(`${began}, a page instead of JSON.`);
    expect(say('a < b', ASKED.href)).toBe(`${began}.`);
    expect(explainFailure(error, undefined)).toBe(
      `react-upsolve-tenant: invalid_response. ${getCure('invalid_response')} More: README, "Errors", invalid_response.`,
    );
  });

  it('tells a backend that says it was slow from one that said nothing', () => {
    const timeout = new UpsolveTenantError('timeout', { status: 504 });
    expect(diagnoseFailure(timeout, exchangeOf(504, 'application/json', '{}')).cure).toMatch(
      /^It, or Upsolve behind it,/,
    );
    expect(diagnoseFailure(timeout, { method: 'POST', url: ASKED }).cure).toBe(getCure('timeout'));
    expect(diagnoseFailure(timeout).cure).toBe(getCure('timeout'));
    const server = new UpsolveTenantError('server', { status: 500 });
    expect(diagnoseFailure(server, exchangeOf(500, 'application/json', '{}')).cure).toBe(getCure('server'));
  });

  it('has words of more than a line for each mistake and each code', () => {
    for (const text of [...Object.values(MISTAKES), ...ERROR_CODES.map(getCure)]) expect(text).toMatch(/^\w.{20,}\.$/);
    expect(MISTAKES.no_permissions).toMatch(/read-only\. Send permissions with the token, or give the provider/);
    expect(MISTAKES.late_tenant).toMatch(/went out too early\. Write tenantId=\{org\?\.id \?\? null\}: null means/);
    expect(MISTAKES.inline_dashboard).toMatch(
      /starts anew each time\. Define it outside of the component that renders/,
    );
    expect(getCure('unauthenticated')).toMatch(/^The backend does not know who is asking\. Send the session/);
    expect(getCure('tenant_mismatch')).toMatch(/^The session is of another tenant than tenantId says\./);
    expect(getCure('token_expired_on_arrival')).toMatch(/^The token had ended before it came\./);
    expect(explainUnknownFlags(['a', 'b'])).toMatch(
      /^Upsolve has no permission called a, b\. It is passed on as it is\./,
    );
  });

  it('has a cure for every code', () => {
    for (const code of ERROR_CODES) expect(explain(code)).toContain(getCure(code));
    expect(new Set(ERROR_CODES.map(getCure)).size).toBe(ERROR_CODES.length);
  });
});

it('an unknown flag is named', () => {
  expect(explainUnknownFlags(['addCharts'])).toContain('no permission called addCharts.');
});

it('only what is marked is silent', () => {
  const marked = Object.defineProperty(() => undefined, Symbol.for('react-upsolve-tenant.silent'), { value: true });
  expect([marked, () => undefined, undefined, '/endpoint'].map(isSilent)).toEqual([true, false, false, false]);
});
