import { describe, expect, it } from 'vitest';
import { createSqliteStore } from 'react-upsolve-tenant/server';
import { createClient } from '@libsql/client';
import { randomBytes } from 'node:crypto';
import { changeFields, check, linesOf, type Spoil, startBackend } from './backend';

const isTenant = (request: Request): boolean => request.url.includes('/tenant/');
const isRefresh = (request: Request): boolean => request.url.includes('/tenant/refresh-token');

/** Changes the fields of each answer that holds a token. */
const withFields =
  (change: (fields: Record<string, unknown>) => unknown): Spoil =>
  (request, answer) =>
    isTenant(request)
      ? answer().then((response) => (response.status === 200 ? changeFields(response, change) : response))
      : undefined;

const withHeader =
  (name: string, value: string | null): Spoil =>
  async (_request, answer) => {
    const { status, headers, body } = await answer();
    const changed = new Headers(headers);
    if (value === null) changed.delete(name);
    else changed.set(name, value);
    return new Response(body, { status, headers: changed });
  };

/** A token with other prefilters, under the signature that it had: nobody here can verify it. */
function withPrefilters(token: unknown, prefilters: object): string {
  const [header, payload, signature] = String(token).split('.');
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { data: object };
  const changed = { ...claims, data: { ...claims.data, payload: { prefilters } } };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

const page = (text: string, status: number): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/html' } });

describe('the package’s own handler', () => {
  it.each([
    ['in memory', () => ({})],
    [
      'on SQLite',
      () => ({
        store: createSqliteStore({ client: createClient({ url: 'file::memory:' }) }),
        encryptionKeys: [randomBytes(32).toString('base64url')],
      }),
    ],
    ['minting each time', () => ({ reuseMs: 24 * 3_600_000 })],
  ])('%s has nothing wrong, and nothing that could be safer', async (_name, options) => {
    const backend = await startBackend(undefined, options());
    const result = await check(backend);
    expect([...linesOf(result, 'fault'), ...linesOf(result, 'advice')]).toEqual([]);
    expect(result.ok).toBe(true);
    const held = linesOf(result, 'holds');
    for (const line of [
      'register: token is a JWT that lives 60 min',
      'refresh: A new token came',
      'permissions: permissions are read; in effect: addChart, drillDown',
      'permissions, a Bearer that nobody handed out: Refused with 401, which the client takes for unauthenticated',
      'permissions, a Bearer that has ended: Refused with 401, which the client takes for token_expired',
      'register, no session: Refused with 401, which the client takes for unauthenticated',
      'refresh, another tenant: Refused with 409, which the client takes for tenant_mismatch',
      'GET in place of POST: Refused with 405, which the client takes for not_found',
    ])
      expect(held).toContainEqual(expect.stringContaining(line));
  });

  it('lets a page of an allowed origin in, with its cookie', async () => {
    const origin = 'https://www.app.example';
    const backend = await startBackend(undefined, { allowedOrigins: [origin] });
    const result = await check(backend, { origin });
    expect([...linesOf(result, 'fault'), ...linesOf(result, 'advice')]).toEqual([]);
    const held = linesOf(result, 'holds').join('\n');
    expect(held).toContain(`preflight of register: The browser lets a page of ${origin} ask`);
    expect(held).toContain(`permissions, a Bearer that nobody handed out: A page of ${origin} may read the error`);
  });
});

describe('a backend is told what is wrong, with value and cure:', () => {
  it.each<[string, Spoil, RegExp]>([
    [
      'a date without a zone',
      withFields((fields) => ({ ...fields, expiresAt: '2030-01-01T00:00:00' })),
      /register: expiresAt has no zone \| "2030-01-01T00:00:00" \| Send the zone with it/,
    ],
    [
      'expiresIn as words',
      withFields((fields) => ({ ...fields, expiresIn: '1 hour' })),
      /register: expiresIn is no number of seconds \| "1 hour" \| Send expiresIn as a number of seconds/,
    ],
    [
      'expiresIn in milliseconds',
      withFields((fields) => ({ ...fields, expiresIn: 3_600_000 })),
      /register: expiresIn ends the token 4\d days later than its own exp \| 3600000 \| It looks like milliseconds/,
    ],
    [
      'an epoch in microseconds',
      withFields((fields) => ({ ...fields, expiresAt: Date.now() * 1_000 })),
      /register: expiresAt is neither in seconds nor in milliseconds.* \| \d+ \| It looks like micro- or nanoseconds/,
    ],
    [
      'local time sent as UTC',
      withFields(({ expiresAt, ...fields }) => ({
        ...fields,
        expiresAt: new Date(Date.parse(expiresAt as string) + 2 * 3_600_000).toISOString(),
      })),
      /register: expiresAt ends the token 2 h later.*\| It looks like local time sent as UTC/,
    ],
    [
      'a field in another case',
      withFields(({ expiresAt, ...fields }) => ({ ...fields, ExpiresAt: expiresAt })),
      /register: "ExpiresAt" is not read \| Call it expiresAt, or expires_at/,
    ],
    [
      'a token under another name',
      withFields(({ token, ...fields }) => ({ ...fields, access_token: token })),
      /register: token is missing: "access_token" is no name that is read \| Call it token/,
    ],
    [
      'a token that was cut',
      withFields(({ token, ...fields }) => ({
        ...fields,
        token: (token as string)
          .split('.')
          .map((part) => part.slice(0, 9))
          .join('.'),
      })),
      /register: token does not decode \| Pass on the token as Upsolve sent it/,
    ],
    [
      "another tenant's id",
      withFields((fields) => ({ ...fields, tenantId: 'globex' })),
      /register: tenantId is not acme, which was asked for \| "globex" \|/,
    ],
    [
      'a clock that is wrong',
      withFields((fields) => ({ ...fields, serverTime: new Date(Date.now() - 600_000).toISOString() })),
      /register: serverTime and the Date header are 10 min apart/,
    ],
    [
      'a flag that is no boolean',
      withFields((fields) => ({ ...fields, permissions: { addChart: 'true' } })),
      /register: addChart is no boolean \| "true" \| Send true or false/,
    ],
    [
      'an error with status 200',
      withFields(() => ({ error: 'Invalid API key' })),
      /register: The status says that all is well, and the body says invalid_api_key/,
    ],
    [
      'a key in the answer',
      withFields((fields) => ({ ...fields, config: { key: ['up', 'embed', 'x'.repeat(20)].join('_') } })),
      /register: An Upsolve API key is in the answer/,
    ],
    [
      'a cacheable answer',
      withHeader('cache-control', 'max-age=60'),
      /register: A cache may keep the answer.* \| "max-age=60" \| Send Cache-Control: private, no-store/,
    ],
    ['a cached answer', withHeader('age', '30'), /register: A cache answered in place of the backend/],
    [
      'an HTML login page',
      (request) => (isTenant(request) ? page('<form><input type="password"></form>', 200) : undefined),
      /register: invalid_response. POST http.* answered 200, text\/html, a page instead of JSON \| It is a login page/,
    ],
    [
      'a Django CSRF page',
      (request) => (isTenant(request) ? page('<h1>CSRF verification failed. Request aborted.</h1>', 403) : undefined),
      /register: .*answered 403, text\/html.* \| Django refused the request for its missing CSRF token/,
    ],
    [
      'a redirect by a missing slash',
      (request) => {
        const url = new URL(request.url);
        return isTenant(request) && !url.pathname.endsWith('/')
          ? new Response(null, { status: 308, headers: { location: `${url.pathname}/` } })
          : undefined;
      },
      /register: POST http:\/\/[^ ]*\/tenant\/register is redirected to http:\/\/[^ ]*\/tenant\/register\/ \(308\) \| A slash makes the difference/,
    ],
    [
      'permissions for any Bearer',
      (request) =>
        request.url.includes('/permissions/')
          ? Response.json({ addChart: true, drillDown: true }, { headers: { 'cache-control': 'no-store' } })
          : undefined,
      /permissions, a Bearer that nobody handed out: The flags were answered for a Bearer that nobody handed out \| Nobody but Upsolve can verify a token, so keep a hash/,
    ],
    [
      'a token for nobody',
      async (request, answer) =>
        (request.headers.has('cookie')
          ? undefined
          : answer().then(() => Response.json({ token: 'opaque-and-long-enough' }))) as Promise<Response>,
      /register, no session: A token was handed out to nobody \| Answer 401/,
    ],
    [
      'a status that says another thing',
      (request) => (request.headers.has('cookie') ? undefined : Response.json({ error: 'No' }, { status: 500 })),
      /register, no session: The client takes the refusal \(500\) for server \| Answer 401 with \{"error"/,
    ],
    [
      'an error page',
      async (request, answer) => (request.method === 'GET' && isTenant(request) ? page('<h1>405</h1>', 405) : answer()),
      /GET in place of POST: It is refused with a page \(405\)/,
    ],
  ])('%s', async (_name, spoil, line) => {
    const backend = await startBackend(spoil);
    const result = await check(backend);
    expect(linesOf(result, 'fault')).toContainEqual(expect.stringMatching(line));
    expect(result.ok).toBe(false);
  });

  it.each<[string, Spoil, RegExp]>([
    [
      'a refresh for nobody',
      async (request, answer) => {
        if (!isRefresh(request) || request.headers.has('cookie')) return await answer();
        return Response.json({ token: 'opaque-and-long-enough' });
      },
      /refresh, no session: A token was handed out to nobody/,
    ],
    [
      'a refresh of any tenant that is named',
      async (request, answer) => {
        const { tenantId } = (await request
          .clone()
          .json()
          .catch(() => ({}))) as { tenantId?: string };
        if (!isRefresh(request) || !tenantId?.startsWith('check-')) return await answer();
        return Response.json({ token: 'opaque-and-long-enough', tenantId });
      },
      /refresh, another tenant: A token was handed out for a tenant that only the request names/,
    ],
    [
      'a refusal with status 200',
      (request) => (request.headers.has('cookie') ? undefined : Response.json({ error: 'Not signed in' })),
      /register, no session: The refusal has status 200 \| Answer 401 with/,
    ],
    [
      'any origin given back',
      async (request, answer) => {
        const { status, headers, body } = await answer();
        const changed = new Headers(headers);
        changed.set('access-control-allow-origin', request.headers.get('origin') ?? '*');
        changed.set('access-control-allow-credentials', 'true');
        return new Response(body, { status, headers: changed });
      },
      /a page of another site: Pages of every site may read the answer/,
    ],
    [
      'a token of every tenant',
      withFields((fields) => ({ ...fields, token: withPrefilters(fields['token'], { org_id: '' }) })),
      /register: The prefilters of the token are blank, so it shows the data of every tenant/,
    ],
    [
      'a refreshed token of other rows',
      (request, answer) =>
        isRefresh(request)
          ? answer().then((response) =>
              response.ok
                ? changeFields(response, (fields) => ({
                    ...fields,
                    token: withPrefilters(fields['token'], { org_id: 8 }),
                  }))
                : response,
            )
          : undefined,
      /refresh: The token is of another scope than before: prefilters changed/,
    ],
    [
      'a token that its own permissions route does not know',
      (request) =>
        request.url.includes('/permissions/') ? Response.json({ error: 'Who?' }, { status: 401 }) : undefined,
      /permissions: The route does not know the token that has just been handed out \| Nobody but Upsolve/,
    ],
    [
      'a backend that says that Upsolve was too slow',
      (request) => (isTenant(request) ? Response.json({ error: 'Slow', code: 'timeout' }, { status: 504 }) : undefined),
      /register: timeout\. POST .* answered 504.* \| It, or Upsolve behind it, says that it was too slow/,
    ],
  ])('%s', async (_name, spoil, line) => {
    const result = await check(await startBackend(spoil));
    expect(linesOf(result, 'fault')).toContainEqual(expect.stringMatching(line));
  });

  it('each cause once, however many answers it spoils', async () => {
    const backend = await startBackend(withHeader('cache-control', null));
    const faults = linesOf(await check(backend), 'fault');
    expect(faults).toEqual([expect.stringContaining('register: A cache may keep the answer')]);
  });

  it('a life that is not the token’s own, without calling seconds milliseconds', async () => {
    const backend = await startBackend(withFields((fields) => ({ ...fields, expiresIn: 7_200 })));
    expect(linesOf(await check(backend), 'fault')).toEqual([
      'register: expiresIn ends the token 60 min later than its own exp | 7200 | Read it from the exp of the token, or send what the token has left at the moment of the answer.',
    ]);
  });

  it('the same token again, where a new one is due', async () => {
    let kept: Response | undefined;
    const backend = await startBackend(async (request, answer) => {
      if (!isTenant(request) || !request.headers.has('cookie') || request.method !== 'POST') return await answer();
      kept ??= await answer();
      return kept.clone();
    });
    const result = await check(backend);
    expect(linesOf(result, 'fault')).toContainEqual(
      expect.stringMatching(/refresh: token_not_renewed: the same token came again \| .*must register again/),
    );
  });

  it('a token that has ended', async () => {
    const dead = await startBackend(async (request, answer) =>
      isRefresh(request)
        ? await changeFields(await answer(), (fields) => {
            const [header, payload, signature] = (fields['token'] as string).split('.');
            const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as {
              exp: number;
              iat: number;
            };
            const past = { ...claims, iat: claims.iat - 7_200, exp: claims.exp - 7_200 };
            return { token: [header, Buffer.from(JSON.stringify(past)).toString('base64url'), signature].join('.') };
          })
        : await answer(),
    );
    const result = await check(dead);
    expect(linesOf(result, 'fault')).toContainEqual(
      expect.stringMatching(/refresh: token_expired_on_arrival \| "ended 20/),
    );
  });

  it.each<[string, string, string, RegExp]>([
    [
      'no header at all',
      'access-control-allow-origin',
      '',
      /preflight of register: A page of https:\/\/www.app.example is not let in \(204\) \| "no Access-Control-Allow-Origin"/,
    ],
    [
      'a star beside a cookie',
      'access-control-allow-origin',
      '*',
      /register: A page of https:\/\/www.app.example may not read the answer \| "Access-Control-Allow-Origin: \*"/,
    ],
    [
      'no credentials',
      'access-control-allow-credentials',
      '',
      /register: The cookie of a page of another origin is refused/,
    ],
    [
      'a header that is not let in',
      'access-control-allow-headers',
      'accept',
      /preflight of permissions: The page may not send authorization/,
    ],
  ])('CORS: %s', async (_name, header, value, line) => {
    const origin = 'https://www.app.example';
    const backend = await startBackend(withHeader(header, value === '' ? null : value), { allowedOrigins: [origin] });
    expect(linesOf(await check(backend, { origin }), 'fault')).toContainEqual(expect.stringMatching(line));
  });

  it('nothing that listens, in Node’s own word', async () => {
    const backend = await startBackend();
    const { port } = new URL(backend.url);
    const result = await check({ ...backend, url: `http://127.0.0.2:${port}/upsolve` });
    expect(linesOf(result, 'fault')).toContainEqual(
      expect.stringMatching(/register: network.*got no answer \| "ECONNREFUSED" \| Nothing listens there/),
    );
    expect(linesOf(result, 'skipped')).toContainEqual(expect.stringContaining('register gave no token'));
  });

  it('plain http to another machine, before a byte is sent', async () => {
    const backend = await startBackend();
    const result = await check({ ...backend, url: 'http://app.example/upsolve' });
    expect(linesOf(result, 'fault')).toContainEqual(
      expect.stringMatching(/register: insecure_endpoint: endpoint \| Use https, or .*--dangerously-allow-http/),
    );
  });
});

it('a token that is handed out again, without a time that a page of another origin can read, is a fault', async () => {
  const origin = 'https://www.app.example';
  const options = { allowedOrigins: [origin] };
  const withoutTime = withFields(({ serverTime: _, ...fields }) => fields);
  const hidden = await startBackend(async (request, answer) => {
    const spoilt = (await withoutTime(request, answer)) ?? (await answer());
    spoilt.headers.delete('access-control-expose-headers');
    return spoilt;
  }, options);
  const line = expect.stringContaining(
    'register again: A token is handed out again, and nothing tells the time',
  ) as string;
  expect(linesOf(await check(hidden, { origin }), 'fault')).toContainEqual(line);
  const advice = linesOf(await check(hidden, { origin }), 'advice');
  expect(advice).toContainEqual(expect.stringContaining("register: The page can't read Date and Retry-After"));
  const told = await startBackend(withoutTime, options);
  expect(linesOf(await check(told, { origin }), 'fault')).not.toContainEqual(line);
});

it('a route for refreshing that is missing is a fault, with what to do where register is enough', async () => {
  const backend = await startBackend((request) =>
    isRefresh(request) ? Response.json({ error: 'Not found' }, { status: 404 }) : undefined,
  );
  const missing = /refresh: not_found.* \| Say by --refresh where it is/;
  expect(linesOf(await check(backend), 'fault')).toContainEqual(expect.stringMatching(missing));
});

it('a header of words is not hidden, so that lines stay readable', async () => {
  const backend = await startBackend(withHeader('content-type', 'text/plain'));
  const headers: [string, string][] = [
    ['Cookie', backend.cookie],
    ['Accept', 'application/json'],
  ];
  expect(linesOf(await check(backend, { headers }), 'advice')).toContainEqual(
    expect.stringContaining('Send Content-Type: application/json.'),
  );
});

describe('what is no fault', () => {
  it('an unknown flag is advice, with those that are known', async () => {
    const backend = await startBackend(withFields((fields) => ({ ...fields, permissions: { addCharts: true } })));
    const result = await check(backend, { permissions: undefined });
    expect(result.ok).toBe(true);
    expect(linesOf(result, 'advice')).toContainEqual(
      expect.stringMatching(/Upsolve has no permission called addCharts\..*\| Known are addChart, addFilter/),
    );
  });

  it('a bare token passes, and each field that would make the page safer is named', async () => {
    const backend = await startBackend(withFields(({ token }) => ({ token })));
    const result = await check(backend, { permissions: undefined });
    expect(linesOf(result, 'fault')).toEqual([]);
    const advice = linesOf(result, 'advice').join('\n');
    for (const part of ['tenantId is missing', 'serverTime is missing', 'no answer carries permissions'])
      expect(advice).toContain(part);
  });

  it('a field that may mean another is advice, and one that was refused is not called missing', async () => {
    const backend = await startBackend(
      withFields(({ serverTime, ...fields }) => ({ ...fields, timestamp: serverTime, expiresAt: 'soon' })),
    );
    const result = await check(backend);
    expect(linesOf(result, 'advice')).toContainEqual(
      'register: serverTime is missing, and "timestamp" is not read | If it is meant: Call it serverTime, or server_time.',
    );
    expect(linesOf(result, 'fault')[0]).toMatch(/register: expiresAt is no date \| "soon"/);
    expect(linesOf(result, 'advice').join()).not.toContain('expiresAt');
  });

  it('permissions that come with the token need no route', async () => {
    const backend = await startBackend((request) =>
      request.url.includes('/permissions/') ? Response.json({ error: 'Not found' }, { status: 404 }) : undefined,
    );
    const result = await check(backend);
    expect(linesOf(result, 'fault')).toEqual([]);
    expect(linesOf(result, 'skipped')).toContainEqual(expect.stringContaining('None is needed'));
  });
});

/** A token in all the parts that somebody might take for a name. */
const repeated = (token: unknown): string[] => (typeof token === 'string' ? [token, ...token.split('.')] : []);
const cookieParts = (request: Request): string[] => {
  const cookie = request.headers.get('cookie');
  return cookie === null ? [] : [cookie, ...cookie.split('=')];
};

it('no cookie is in the address of a redirect that repeats it', async () => {
  const backend = await startBackend((request) =>
    isTenant(request)
      ? Response.redirect(new URL(`/login/${cookieParts(request).at(-1) ?? ''}`, request.url), 307)
      : undefined,
  );
  const faults = linesOf(await check(backend), 'fault');
  expect(faults[0]).toMatch(/is redirected to http:\/\/[^/]+\/login\/\[secret\] \(307\)/);
  expect(faults.join()).not.toContain(backend.cookie.slice(4));
});

it('no token, cookie or body is in what it finds, wherever a backend repeats them', async () => {
  const sentinel = 'sentinel-of-a-backend-that-repeats-everything';
  const tokens: string[] = [];
  const backend = await startBackend(async (request, answer) => {
    const response = await answer();
    response.headers.set('cache-control', `max-age=5, x=${cookieParts(request)[1] ?? ''}`);
    if (!response.ok) {
      const echo = `${request.headers.get('cookie') ?? ''} ${request.headers.get('authorization') ?? ''} ${sentinel}`;
      return Response.json(
        { error: echo, detail: echo },
        { status: 418, headers: { 'content-type': `text/plain; ${sentinel}` } },
      );
    }
    return await changeFields(response, (fields) => {
      if (typeof fields['token'] === 'string') tokens.push(fields['token']);
      return {
        ...fields,
        tenantId: request.headers.get('cookie'),
        permissions: Object.fromEntries(
          [...repeated(fields['token']), ...cookieParts(request)].map((name) => [name, true]),
        ),
        expiresAt: fields['token'],
        serverTime: request.headers.get('cookie'),
      };
    });
  });
  const text = JSON.stringify(await check(backend));
  expect(tokens.length).toBeGreaterThan(2);
  for (const secret of [
    ...tokens,
    backend.cookie,
    backend.cookie.slice(4),
    ...tokens.map((token) => token.split('.')[2]!),
  ])
    expect(text).not.toContain(secret);
  expect(text.match(/sentinel-of-a-backend/g)).toBeNull();
});

it('asks as a page of the backend’s own origin does, and as one of another', async () => {
  const backend = await startBackend();
  await check(backend);
  const [first] = backend.requests;
  const { origin } = new URL(backend.url);
  expect(Object.fromEntries(first!.headers)).toMatchObject({
    origin,
    referer: `${origin}/`,
    'sec-fetch-site': 'same-origin',
    cookie: backend.cookie,
  });
  backend.requests.length = 0;
  await check(backend, { origin: 'https://www.app.example' });
  expect(Object.fromEntries(backend.requests[0]!.headers)).toMatchObject({
    origin: 'https://www.app.example',
    'sec-fetch-site': 'cross-site',
  });
});
