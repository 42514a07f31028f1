import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const PAGE: string = join(ROOT, 'docs/contract.md');

type Node = { readonly [key: string]: unknown };

interface Contract {
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, ContractResponse>>;
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly headers: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  };
}

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, { readonly $ref: string }>>;
}

export interface ContractResponse {
  readonly description: string;
  readonly 'x-client': string;
  readonly 'x-client-code'?: string;
  /** Others that the body's `code` may name instead. */
  readonly 'x-other-codes'?: readonly string[];
  readonly 'x-stated'?: boolean;
}

export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
  readonly $ref?: string;
  readonly const?: string;
  readonly 'x-understood'?: readonly string[];
}

export function readContract(): Contract & Node {
  return parse(readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8')) as Contract & Node;
}

/** `#/components/schemas/Tenant` → `Tenant`. */
export function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? '';
}

/** The contract as a page to read. */
export function describeContract(): string {
  const contract = readContract();
  const { responses, schemas, headers } = contract.components;
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ title: `${method.toUpperCase()} ${path}`, operation })),
  );
  const statuses = new Map<string, string>();
  for (const { operation } of operations)
    for (const [status, { $ref }] of Object.entries(operation.responses)) {
      const name = nameOf($ref);
      if (responses[name]?.['x-client-code']) statuses.set(`${status} ${name}`, name);
    }
  return [
    '# A backend in any language',
    '<!-- Made from openapi.yaml by `npm run contract`. -->',
    contract.info.description.trim(),
    ...operations.flatMap(({ title, operation }) => [
      `## ${title}`,
      `${operation.summary}.`,
      operation.description.trim(),
    ]),
    '## What your backend asks of Upsolve',
    flow(schemas['RegisterCall']?.description),
    ...describeFields(schemas, 'RegisterCall'),
    '## What the two token routes answer',
    flow(schemas['Tenant']?.description),
    ['```json', JSON.stringify(createExample(schemas, 'Tenant'), null, 2), '```'].join('\n'),
    ...describeFields(schemas, 'Tenant'),
    'The names may be in snake_case, and all of it may stand in `{"data": …}`.',
    '## Permissions',
    flow(schemas['Permissions']?.description),
    ...describeFlags(schemas),
    '## Errors',
    'JSON, `{"error": "…", "code": "…"}`.',
    ...describeFields(schemas, 'Error'),
    `Codes that are understood: ${(schemas['Error']?.properties?.['code']?.['x-understood'] ?? []).map((code) => `\`${code}\``).join(', ')}.`,
    table(
      ['Status', 'Route', 'When', 'The page takes it for', 'And then'],
      [...statuses]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([key, name]) => {
          const response = responses[name];
          return [
            key.split(' ')[0] ?? '',
            listRoutes(operations, key),
            flow(response?.description),
            `\`${response?.['x-client-code'] ?? ''}\`${response?.['x-stated'] ? ', by its `code`' : ''}`,
            flow(response?.['x-client']),
          ];
        }),
    ),
    '## Headers',
    table(
      ['Header', 'Example', 'What it is for'],
      Object.entries(headers).map(([name, { description, schema }]) => [
        `\`${name}\``,
        `\`${schema.const ?? (schema.examples?.[0] as string | undefined) ?? ''}\``,
        flow(description),
      ]),
    ),
    [
      'A page of another origin asks first, by `OPTIONS` and without a session. Answer 204 with `Access-Control-Allow-Origin`,',
      '`Access-Control-Allow-Credentials`, `Access-Control-Allow-Methods`, and `Access-Control-Allow-Headers` with each header that',
      'the request names. Compare the origin with a list of your own: whoever gives back any origin lets every site read the tokens.',
      'Where no page of another origin asks, 405 is right.',
    ].join('\n'),
    [
      'Where the session is a cookie, keep other sites from asking in its name: by `SameSite=Lax` or `Strict`, or by the token of your',
      'framework, which the provider sends by `headers`.',
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Which of the routes answer with a status in this sense. */
function listRoutes(operations: readonly { title: string; operation: Operation }[], key: string): string {
  const [status = '', name = ''] = key.split(' ');
  const has = ({ operation }: { operation: Operation }): boolean => {
    const response = operation.responses[status];
    return response !== undefined && nameOf(response.$ref) === name;
  };
  const paths = operations
    .filter(has)
    .map(({ title }) => (title.includes('/tenant/') && title.startsWith('POST') ? 'token' : 'permissions'));
  return [...new Set(paths)].join(', ');
}

/** Names and examples of a schema's fields, as JSON would have them. */
export function createExample(schemas: Contract['components']['schemas'], name: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas[name]?.properties ?? {}).map(([field, schema]) => {
      const named = schema.$ref === undefined ? undefined : nameOf(schema.$ref);
      if (named === undefined) return [field, schema.examples?.[0]];
      const [example] = schemas[named]?.examples ?? [];
      return [field, example ?? createExample(schemas, named)];
    }),
  );
}

function describeFields(schemas: Contract['components']['schemas'], name: string): string[] {
  const { properties = {}, required = [] } = schemas[name] ?? {};
  const rows = Object.entries(properties).map(([field, schema]) => {
    const example = schema.$ref === undefined ? schema.examples?.[0] : undefined;
    return [
      `\`${field}\`${required.includes(field) ? ', required' : ''}`,
      example === undefined ? '' : `\`${JSON.stringify(example)}\``,
      flow(schema.description),
    ];
  });
  return [table(['Field', 'Example', 'What it is'], rows)];
}

function describeFlags(schemas: Contract['components']['schemas']): string[] {
  const flags = Object.entries(schemas['Permissions']?.properties ?? {});
  return ['Grant', 'Restriction'].map((kind) => {
    const names = flags.filter(([, { $ref }]) => $ref && nameOf($ref) === kind).map(([name]) => `\`${name}\``);
    return `${flow(schemas[kind]?.description)} ${names.join(', ')}.`;
  });
}

function flow(text = ''): string {
  return text.trim().replaceAll('\n', ' ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, describeContract());
