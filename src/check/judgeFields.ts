import { isExpiryAssumed } from '../core/acceptance';
import { parseAnswer, type TenantAnswer } from '../core/answer';
import { diagnoseFailure } from '../core/diagnosis';
import { isUpsolveTenantError, type UpsolveTenantError } from '../core/errors';
import { parseStatedCode } from '../core/failure';
import type { Findings } from './findings';

export type Fields = Record<string, unknown>;

/** The fields of an answer, with the names under which others send what is meant. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  token: ['accesstoken', 'jwt', 'tenantjwt', 'tenanttoken', 'upsolvetoken', 'idtoken'],
  expiresAt: ['expiry', 'expires', 'exp', 'expiration', 'expirationtime', 'expirydate', 'validuntil'],
  expiresIn: ['ttl', 'lifetime', 'maxage'],
  serverTime: ['now', 'time', 'timestamp', 'serverdate'],
  tenantId: ['tenant', 'tenantkey', 'orgid', 'organizationid'],
  permissions: ['permission', 'flags', 'tenanteditingpermissions', 'tenantpermissions'],
};

/** Reads an answer by the client's own code, names every field that it refuses, and says which it misses. */
export function judgeFields(step: string, body: unknown, findings: Findings): TenantAnswer | undefined {
  const rest = structuredClone(body);
  for (;;) {
    let answer: TenantAnswer;
    try {
      answer = parseAnswer(rest);
    } catch (thrown) {
      const field = nameField(thrown);
      tellRefused(step, body, field, thrown as UpsolveTenantError, findings);
      if (field === undefined || field === 'token') return undefined;
      removeField(rest, field);
      continue;
    }
    tellRead(step, body, answer, findings);
    return answer;
  }
}

function nameField(thrown: unknown): string | undefined {
  if (!isUpsolveTenantError(thrown)) return undefined;
  return Object.keys(FIELDS).find((field) => thrown.message.startsWith(`invalid_response: ${field} `));
}

function tellRefused(
  step: string,
  body: unknown,
  field: string | undefined,
  error: UpsolveTenantError,
  findings: Findings,
): void {
  const { what, cure } = diagnoseFailure(error);
  const message = what.replace(/^invalid_response: /, '');
  const stated = parseStatedCode(body);
  if (stated) {
    findings.fault(step, `The status says that all is well, and the body says ${stated}.`, {
      cure: 'Answer an error with its own status: 401, 403, 409, 422, 429, 5xx.',
    });
    return;
  }
  const meant = field && findLookalike(body, field);
  findings.fault(step, meant ? `${message}: "${meant}" is no name that is read` : message, {
    // A token is never shown, not even one that can't be read.
    ...(field && field !== 'token' && { value: readField(body, field) }),
    cure: meant && field ? callIt(field) : cure,
  });
}

function tellRead(step: string, body: unknown, answer: TenantAnswer, findings: Findings): void {
  const { claims } = answer;
  const life = claims?.issuedAtMs === undefined ? undefined : describeDuration(claims.expiresAtMs - claims.issuedAtMs);
  findings.holds(step, claims ? `token is a JWT${life ? ` that lives ${life}` : ''}` : 'token is opaque');
  const read: string[] = [];
  for (const field of Object.keys(FIELDS)) {
    if (
      (answer as unknown as Fields)[field] !== undefined ||
      (answer as unknown as Fields)[`${field}Ms`] !== undefined
    ) {
      if (field !== 'token') read.push(field);
      continue;
    }
    // It was refused, and that was said.
    if (readField(body, field) !== undefined) continue;
    const meant = findLookalike(body, field);
    if (meant) {
      const cure = callIt(field);
      if (foldName(meant) === field.toLowerCase()) findings.fault(step, `"${meant}" is not read`, { cure });
      else
        findings.advise(step, `${field} is missing, and "${meant}" is not read`, { cure: `If it is meant: ${cure}` });
    } else if (hasNull(body, field)) {
      findings.advise(step, `${field} is null, which counts as absent`, { cure: 'Send a value, or leave it out.' });
    } else if (field === 'tenantId') {
      findings.advise(step, 'tenantId is missing', {
        cure: "Say whose token it is, so that a page refuses another's: a shared cache or a mixed-up session is then seen.",
      });
    } else if (field === 'serverTime') {
      findings.advise(step, 'serverTime is missing', {
        cure: 'Send the time of the answer: a page whose clock is wrong then still knows when a token ends.',
      });
    }
  }
  if (read.length > 0) findings.holds(step, `Fields that are read: ${read.join(', ')}`);
  if (isExpiryAssumed(answer)) {
    findings.advise(step, 'Nothing says when the token ends, so an hour is assumed', {
      cure: 'Send expiresAt, or expiresIn in seconds.',
    });
  }
}

function callIt(field: string): string {
  return `Call it ${[...new Set(listNames(field))].join(', or ')}.`;
}

/** Where fields may stand: in `data`, or at the top. */
function listHolders(body: unknown): Fields[] {
  const outer = Object(body) as Fields;
  return [Object(outer['data']) as Fields, outer];
}

function listNames(field: string): string[] {
  return [field, toSnakeCase(field)];
}

function toSnakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function readField(body: unknown, field: string): unknown {
  const values = listHolders(body).flatMap((holder) => listNames(field).map((name) => holder[name]));
  return values.find((value) => value != null);
}

function hasNull(body: unknown, field: string): boolean {
  return listHolders(body).some((holder) => listNames(field).some((name) => holder[name] === null));
}

function removeField(body: unknown, field: string): void {
  for (const holder of listHolders(body)) for (const name of listNames(field)) delete holder[name];
}

/** A name beside the known ones that means the same, or is the same in another case. */
function findLookalike(body: unknown, field: string): string | undefined {
  const known = Object.keys(FIELDS).flatMap(listNames);
  const wanted = [field.toLowerCase(), ...(FIELDS[field] ?? [])];
  return listHolders(body)
    .flatMap((holder) => Object.entries(holder))
    .filter(([, value]) => value != null)
    .map(([name]) => name)
    .find((name) => !known.includes(name) && wanted.includes(foldName(name)));
}

function foldName(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

export function describeDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
