import type { Findings } from './findings';
import type { Wire } from './wire';

/** What a browser asks first, before a page of another origin may POST JSON or send a Bearer. */
export async function playPreflights({
  wire,
  findings,
}: {
  readonly wire: Wire;
  readonly findings: Findings;
}): Promise<void> {
  if (!wire.isCrossOrigin) {
    findings.skip('preflight', 'The page is taken to be on the origin of the backend. Name another with --origin.');
    return;
  }
  const sent = [...new Set(['content-type', ...wire.sentHeaders])];
  await playPreflight('preflight of register', wire.register, 'POST', sent);
  if (wire.refresh.href !== wire.register.href) await playPreflight('preflight of refresh', wire.refresh, 'POST', sent);
  if (wire.permissions) {
    await playPreflight('preflight of permissions', wire.permissions, 'GET', [
      ...new Set(['authorization', ...wire.sentHeaders]),
    ]);
  }

  async function playPreflight(step: string, url: URL, method: string, names: readonly string[]): Promise<void> {
    const headers = { 'access-control-request-method': method, 'access-control-request-headers': names.join(',') };
    // A browser sends no cookie with it.
    const play = await wire.ask(url, { method: 'OPTIONS', headers }, false);
    const response = play.hops.at(-1)?.response;
    if (!response) {
      findings.fault(step, 'No answer came', { ...(play.connection && { value: play.connection }) });
      return;
    }
    const allow = (name: string): string => response.headers.get(`access-control-allow-${name}`) ?? '';
    const before = findings.get().filter(({ level }) => level === 'fault').length;
    const needsName = wire.hasCookie;
    if (allow('origin') !== wire.pageOrigin && (needsName || allow('origin') !== '*')) {
      const wanted = [
        `Access-Control-Allow-Origin: ${wire.pageOrigin}`,
        ...(needsName ? ['Access-Control-Allow-Credentials: true'] : []),
        `Access-Control-Allow-Headers: ${names.join(', ')}`,
      ];
      findings.fault(step, `A page of ${wire.pageOrigin} is not let in (${response.status})`, {
        value: allow('origin') ? `Access-Control-Allow-Origin: ${allow('origin')}` : 'no Access-Control-Allow-Origin',
        cure: `Answer OPTIONS with 204, before any session is looked for, and with ${wanted.join('; ')}.`,
      });
      return;
    }
    if (!response.ok) {
      findings.fault(step, `Answered ${response.status}, so the browser sends nothing more`, {
        cure: 'Answer OPTIONS with 204, before any session is looked for and without a redirect.',
      });
    }
    if (needsName && allow('credentials') !== 'true') {
      findings.fault(step, 'Cookies are not let in', {
        value: allow('credentials') || 'no Access-Control-Allow-Credentials',
        cure: 'Send Access-Control-Allow-Credentials: true.',
      });
    }
    const allowed = allow('headers')
      .toLowerCase()
      .split(/\s*,\s*/);
    // A star stands for all but Authorization, and for none where a cookie comes along.
    const isLet = (name: string): boolean =>
      allowed.includes(name) || (allowed.includes('*') && !needsName && name !== 'authorization');
    const missing = names.filter((name) => !isLet(name));
    if (missing.length > 0) {
      findings.fault(step, `The page may not send ${missing.join(', ')}`, {
        value: allow('headers') || 'no Access-Control-Allow-Headers',
        cure: `Send Access-Control-Allow-Headers: ${names.join(', ')}.`,
      });
    }
    const after = findings.get().filter(({ level }) => level === 'fault').length;
    if (after === before) findings.holds(step, `The browser lets a page of ${wire.pageOrigin} ask`);
  }
}
