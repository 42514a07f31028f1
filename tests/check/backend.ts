import { createRequestListener } from '@remix-run/node-fetch-server';
import { randomUUID } from 'node:crypto';
import { createTestHandler, acme } from '../server/fixtures/createTestHandler';
import { startFakeUpsolve, type FakeUpsolve } from '../server/fixtures/fakeUpsolve';
import { listen } from '../server/fixtures/listen';
import { runCheck, type CheckOptions, type CheckResult } from '../../src/check/runCheck';

/** Changes what the handler answers, as another backend might have it; undefined leaves it. */
export type Spoil = (request: Request, answer: () => Promise<Response>) => Response | Promise<Response> | undefined;

export interface CheckedBackend {
  readonly url: string;
  /** The cookie of the one user who is signed in. */
  readonly cookie: string;
  readonly upsolve: FakeUpsolve;
  /** All that it was asked, in order. */
  readonly requests: Request[];
}

/** The package's own handler behind a session, on a real server. */
export async function startBackend(
  spoil: Spoil = () => undefined,
  options: Omit<Parameters<typeof createTestHandler>[0], 'upsolveUrl'> = {},
): Promise<CheckedBackend> {
  const upsolve = await startFakeUpsolve();
  const session = randomUUID();
  const { handler } = createTestHandler({
    upsolveUrl: upsolve.url,
    identify: (request) => (request.headers.get('cookie') === `sid=${session}` ? acme : null),
    ...options,
  } as Parameters<typeof createTestHandler>[0]);
  const requests: Request[] = [];
  const url = await listen(
    createRequestListener(async (request) => {
      requests.push(request.clone());
      const spoilt = await spoil(request, () => handler(request));
      return spoilt ?? (await handler(request));
    }),
  );
  return { url: `${url}/upsolve`, cookie: `sid=${session}`, upsolve, requests };
}

/** Checks a backend as the command would, without its second of waiting: the stand-in's tokens differ anyway. */
export function check(
  backend: Pick<CheckedBackend, 'url' | 'cookie'>,
  options: Partial<CheckOptions> = {},
): Promise<CheckResult> {
  return runCheck({
    register: new URL(`${backend.url}/tenant/register`),
    refresh: new URL(`${backend.url}/tenant/refresh-token`),
    permissions: new URL(`${backend.url}/permissions/tenant-settings/`),
    headers: [['Cookie', backend.cookie]],
    tenantId: 'acme',
    origin: undefined,
    dangerouslyAllowHttp: false,
    fetch: globalThis.fetch,
    now: () => Date.now(),
    wait: () => Promise.resolve(),
    ...options,
  });
}

/** Lines as a person reads them, of one level. */
export function linesOf({ findings }: CheckResult, level: string): string[] {
  return findings
    .filter((finding) => finding.level === level)
    .map(({ step, message, value, cure }) => [`${step}: ${message}`, value, cure].filter(Boolean).join(' | '));
}

/** An answer with another body, its fields changed. */
export async function changeFields(
  answer: Response,
  change: (fields: Record<string, unknown>) => unknown,
): Promise<Response> {
  const fields = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) return Response.json(fields, answer);
  const changed = change(fields) ?? fields;
  const { status, headers } = answer;
  return new Response(JSON.stringify(changed), { status, headers });
}
