import type { Findings } from './findings';
import { getLast, getRedirects, type Play, type Wire } from './wire';

/** What the headers of an answer must say, whatever is in its body. */
export function judgeHeaders(
  step: string,
  play: Play,
  findings: Findings,
  { isError = false }: { readonly isError?: boolean } = {},
): void {
  const response = getLast(play);
  if (!response) return;
  const { headers } = response;
  const type = headers.get('content-type') ?? '';
  if (!/[/+]json\b/i.test(type)) {
    findings.advise(step, 'The answer is not marked as JSON', {
      value: type.split(';')[0] || 'no content type',
      cure: 'Send Content-Type: application/json.',
    });
  }
  if (isError) return;
  const caching = headers.get('cache-control');
  if (caching !== null && /\bno-store\b/i.test(caching)) findings.holds(step, 'Cache-Control says no-store');
  else {
    findings.fault(step, 'A cache may keep the answer, and hand the token to somebody else', {
      value: caching ?? 'no Cache-Control',
      cure: 'Send Cache-Control: private, no-store.',
    });
  }
  const age = headers.get('age');
  if (age !== null) {
    findings.fault(step, 'A cache answered in place of the backend', {
      value: `Age: ${age}`,
      cure: 'Except this path from the proxy or the CDN, and send Cache-Control: private, no-store.',
    });
  }
}

/** The client follows a redirect, but a browser may drop what was sent on the way. Returns whether there was one. */
export function judgeRedirects(step: string, play: Play, findings: Findings): boolean {
  const redirects = getRedirects(play);
  for (const { method, url, response, to } of redirects.slice(0, 1)) {
    const from = url.origin + url.pathname;
    const target = to ? to.origin + to.pathname : 'an unreadable address';
    const isSlash =
      to !== undefined &&
      to.origin === url.origin &&
      to.pathname.replace(/\/$/, '') === url.pathname.replace(/\/$/, '');
    findings.fault(step, `${method} ${from} is redirected to ${target} (${response.status})`, {
      cure: isSlash
        ? `A slash makes the difference: ask ${target}, or answer both.`
        : `If it is a login, answer 401 and JSON instead. Otherwise ask ${target} at once.`,
    });
  }
  return redirects.length > 0;
}

/** Whether a page of the given origin may read the answer. */
export function judgeCors(step: string, play: Play, wire: Wire, findings: Findings): void {
  const response = getLast(play);
  if (!wire.isCrossOrigin || !response) return;
  const { headers } = response;
  const allowed = headers.get('access-control-allow-origin');
  const needsName = wire.hasCookie;
  const what = response.ok ? 'the answer' : 'the error';
  if (allowed !== wire.pageOrigin && (needsName || allowed !== '*')) {
    findings.fault(step, `A page of ${wire.pageOrigin} may not read ${what}`, {
      value: allowed === null ? 'no Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`,
      cure: `Send Access-Control-Allow-Origin: ${wire.pageOrigin}${needsName ? ' and Access-Control-Allow-Credentials: true' : ''} on every answer, also on errors.`,
    });
    return;
  }
  if (needsName && headers.get('access-control-allow-credentials') !== 'true') {
    findings.fault(step, 'The cookie of a page of another origin is refused', {
      value: headers.get('access-control-allow-credentials') ?? 'no Access-Control-Allow-Credentials',
      cure: 'Send Access-Control-Allow-Credentials: true, on every answer.',
    });
    return;
  }
  findings.holds(step, `A page of ${wire.pageOrigin} may read ${what}`);
  const hidden = ['Date', 'Retry-After'].filter((name) => !canRead(play, wire, name.toLowerCase()));
  if (hidden.length > 0 && response.ok) {
    findings.advise(step, `The page can't read ${hidden.join(' and ')}`, {
      cure: 'Send Access-Control-Expose-Headers: Date, Retry-After.',
    });
  }
  if (allowed !== '*' && !/\borigin\b|\*/i.test(headers.get('vary') ?? '')) {
    findings.advise(step, 'The answer names one origin and says nothing of others', { cure: 'Send Vary: Origin.' });
  }
}

/** Whether a page may read a header of the answer: of another origin, only one that is named. */
export function canRead(play: Play, { isCrossOrigin, hasCookie }: Wire, name: string): boolean {
  const exposed = getLast(play)?.headers.get('access-control-expose-headers')?.toLowerCase() ?? '';
  const names = exposed.split(/\s*,\s*/);
  return !isCrossOrigin || names.includes(name) || (names.includes('*') && !hasCookie);
}
