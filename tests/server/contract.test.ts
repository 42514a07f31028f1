import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../src/core/answer';
import { ERROR_CODES } from '../../src/core/errors';
import { parseFailure, parseStatedCode } from '../../src/core/failure';
import { GRANTS, parsePermissions, RESTRICTIONS } from '../../src/core/permissions';
import { resolveRegistration } from '../../src/server/registration';
import { captureIdentity } from '../../src/server/identity';
import { allowedMethods, matchRoute } from '../../src/server/routes';
import { createExample, nameOf, readContract } from '../../scripts/writeContract';
import { acme, createTestHandler, pageRequest } from './fixtures/createTestHandler';
import { startFakeUpsolve } from './fixtures/fakeUpsolve';
import { createFakeToken } from '../../src/testing/fakeToken';

const contract = readContract();
const { schemas, responses, headers } = contract.components;
const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** The contract's own words, but nothing beside them: what the handler says, the contract names. */
function compile(name: string, isWhole: boolean): ValidateFunction {
  const ajv = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
  const closed = Object.fromEntries(
    Object.entries(schemas).map(([key, schema]) => [
      key,
      schema.type === 'object'
        ? { ...schema, additionalProperties: false, ...(isWhole && { required: Object.keys(schema.properties ?? {}) }) }
        : schema,
    ]),
  );
  return ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas: closed } });
}

function expectShape(name: string, body: unknown, { isWhole = true } = {}): void {
  const validate = compile(name, isWhole);
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

/** The response that the contract states for a route and status. */
function statedResponse(path: string, status: number): string {
  const operation = routes.find((route) => route.path === path)?.operation;
  return nameOf(operation?.responses[String(status)]?.$ref ?? '');
}

describe('the handler answers as the contract says', () => {
  it.each(['/tenant/register', '/tenant/refresh-token'])('%s', async (path) => {
    const { url: upsolveUrl } = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl, allowedOrigins: ['https://www.app.example'] });
    const answer = await handler(pageRequest(path, { headers: { origin: 'https://www.app.example' } }));
    expect(statedResponse(path, answer.status)).toBe('Tenant');
    expectShape('Tenant', await answer.json());
    const stated = Object.keys(headers).filter((name) => !['Retry-After', 'Allow'].includes(name));
    expect(stated.filter((name) => !answer.headers.has(name))).toEqual([]);
    expect(answer.headers.get('cache-control')).toMatch(
      new RegExp((headers['Cache-Control']?.schema as { pattern: string }).pattern),
    );
  });

  it('the permissions route', async () => {
    const { url: upsolveUrl } = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl });
    const { token } = (await (await handler(pageRequest('/tenant/register'))).json()) as { token: string };
    const path = '/permissions/tenant-settings/';
    const answer = await handler(pageRequest(path, { method: 'GET', headers: { authorization: `Bearer ${token}` } }));
    expect(statedResponse(path, answer.status)).toBe('Permissions');
    expectShape('Permissions', await answer.json());
  });

  it('each refusal has a status that the contract names, with the code that it gives', async () => {
    const { url: upsolveUrl } = await startFakeUpsolve();
    const upsolve = await startFakeUpsolve();
    const { handler } = createTestHandler({ upsolveUrl });
    const nobody = createTestHandler({ upsolveUrl, identify: () => null }).handler;
    const blank = createTestHandler({ upsolveUrl, identify: () => ({ ...acme, prefilters: {} }) }).handler;
    const failing = (status: number, headers = {}) => {
      upsolve.answerWith = () => ({ status, headers, body: {} });
      return createTestHandler({ upsolveUrl: upsolve.url }).handler(pageRequest('/tenant/register'));
    };
    const register = '/tenant/register';
    const permissions = '/permissions/tenant-settings/';
    const refusals: [string, Response][] = [
      [register, await nobody(pageRequest(register))],
      [register, await blank(pageRequest(register))],
      [
        register,
        await handler(
          pageRequest(register, { body: '{"tenantId":"globex"}', headers: { 'content-type': 'application/json' } }),
        ),
      ],
      [register, await handler(pageRequest(register, { method: 'PUT' }))],
      [register, await handler(pageRequest(register, { headers: { 'sec-fetch-site': 'cross-site' } }))],
      [register, await handler(pageRequest(register, { body: 'x'.repeat(70_000) }))],
      [register, await failing(400)],
      [register, await failing(429, { 'retry-after': '7' })],
      [register, await failing(500)],
      [register, await failing(503)],
      [permissions, await handler(pageRequest(permissions, { method: 'GET' }))],
      [permissions, await handler(pageRequest(permissions, { method: 'POST' }))],
    ];
    for (const [path, answer] of refusals) {
      const body: unknown = await answer.json();
      const name = statedResponse(path, answer.status);
      expect(responses, `${path} ${answer.status}`).toHaveProperty(name);
      expectShape('Error', body);
      const { 'x-client-code': code, 'x-other-codes': others = [] } = responses[name]!;
      expect([code, ...others], `${path} ${answer.status}`).toContain(
        parseFailure({ status: answer.status, body }).code,
      );
    }
  });

  it('what it sends to Upsolve is what the contract says that a backend sends', () => {
    const whole = {
      ...acme,
      schemaPreFilter: 'tenant_42',
      organizationId: 'org',
      connectionOverride: { connectionId: 'c' },
      customMetadata: {},
      expiration: '1h',
    };
    const { prefilters_schema: _alias, ...sent } = resolveRegistration(
      captureIdentity(whole, { serial: 1, monotonicMs: 0 }),
      false,
    );
    expectShape('RegisterCall', { apiKey: 'key', ...sent });
  });

  it('the routes and their methods', () => {
    expect(routes.map(({ path, method }) => [matchRoute(`/upsolve${path}`, '/upsolve'), method])).toEqual([
      ['register', allowedMethods('register')[0]],
      ['refresh', allowedMethods('refresh')[0]],
      ['permissions', allowedMethods('permissions')[0]],
    ]);
  });
});

describe('the client reads what the contract names', () => {
  const example = {
    ...createExample(schemas, 'Tenant'),
    token: createFakeToken({ displayName: 'Acme', issuedAtMs: 1_900_000_000_000, expiresAtMs: 1_900_003_600_000 }),
  };

  it('its example', () => {
    expectShape('Tenant', example);
    expect(parseAnswer(example)).toMatchObject({ tenantId: 'acme', expiresInMs: 3_600_000 });
  });

  it.each(Object.keys(schemas['Tenant']?.properties ?? {}))('%s, in camelCase and in snake_case', (field) => {
    const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const value = (example as Record<string, unknown>)[field];
    const { token } = example;
    if (field === 'token') expect(() => parseAnswer({ ...example, token: undefined })).toThrow('token is missing');
    else
      for (const name of [field, snake])
        expect(parseAnswer({ token, [name]: value })).not.toEqual(parseAnswer({ token }));
  });

  it('each flag, and no other', () => {
    const flags = Object.entries(schemas['Permissions']?.properties ?? {});
    const named = (kind: string) => flags.filter(([, { $ref }]) => $ref && nameOf($ref) === kind).map(([name]) => name);
    expect(named('Grant')).toEqual(GRANTS);
    expect(named('Restriction')).toEqual(RESTRICTIONS);
    expect(parsePermissions(createExample(schemas, 'Permissions'))).toBeDefined();
  });

  it('each code that is said to be understood, and no other', () => {
    const understood = ERROR_CODES.filter((code) => parseStatedCode({ code }) !== undefined);
    expect([...(schemas['Error']?.properties?.['code']?.['x-understood'] ?? [])].sort()).toEqual(
      [...understood].sort(),
    );
  });

  it.each(
    routes.flatMap(({ path, operation }) =>
      Object.entries(operation.responses).map(([status, { $ref }]) => [path, Number(status), nameOf($ref)] as const),
    ),
  )('%s %i is what is said of %s', (_path, status, name) => {
    const { 'x-client-code': code, 'x-stated': isStated } = responses[name]!;
    if (status === 200) return expect(code).toBeUndefined();
    const body = isStated ? { error: 'No', code } : { error: 'No' };
    expect(parseFailure({ status, body }).code).toBe(code);
  });
});
