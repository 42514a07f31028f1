import { isUpsolveTenantError, UpsolveTenantError, type UpsolveTenantErrorCode } from 'react-upsolve-tenant';
import { answerPermissions } from '../server/answerPermissions';
import { serializeError, serializeTenant } from '../server/answers';
import type { IssuedTenant } from '../server/tenantDesk';
import type { AskedRequest } from './fakeRequest';
import type { FakeIssuer } from './fakeIssuer';
import { createFakeResponse } from './fakeResponse';

/** The codes that a backend can cause; the others come about in the page itself. */
export type BackendErrorCode = Exclude<
  UpsolveTenantErrorCode,
  'aborted' | 'api_key_in_browser' | 'insecure_endpoint' | 'invalid_options'
>;

/** What a fake backend can be told to answer: an error by its code, an HTTP status, or a Response as it is. */
export type FakeAnswer = BackendErrorCode | number | Response;

/** An answer that was ordered. */
export interface OrderedAnswer {
  readonly answer: FakeAnswer;
  readonly retryAfterMs: number | undefined;
}

/** What answers are made of. */
export interface AnswerSource {
  readonly issuer: FakeIssuer;
  /** By the backend's clock. */
  readonly nowMs: number;
  readonly defaultTenantId: string;
  /** Whether a tenant's answer carries its permissions. */
  readonly carriesPermissions: boolean;
}

/** What is to be answered next, in the order in which it was ordered. */
export interface AnswerQueue {
  /** Without `times` it holds until something else is ordered. */
  order(answer: OrderedAnswer, times: number | undefined): void;
  /** The next answer; undefined where nothing is ordered. */
  take(): OrderedAnswer | undefined;
}

export function createAnswerQueue(): AnswerQueue {
  const orders: { answer: OrderedAnswer; left: number }[] = [];
  return {
    order(answer, times = Number.POSITIVE_INFINITY) {
      if (orders.at(-1)?.left === Number.POSITIVE_INFINITY) orders.pop();
      if (times > 0) orders.push({ answer, left: times });
    },
    take() {
      const first = orders[0];
      if (!first) return undefined;
      first.left -= 1;
      if (first.left <= 0) orders.shift();
      return first.answer;
    },
  };
}

const LOGIN_PAGE = '<!doctype html><title>Sign in</title>';
const EMPTY_STATUS = [204, 205, 304];

/** The good answer to a request, by the code of the real backend. */
export async function createGoodAnswer(asked: AskedRequest, source: AnswerSource): Promise<Response> {
  const { issuer } = source;
  if (asked.record.request === 'tenant') return createTenantAnswer(issuer.issue(readTenantId(asked, source)), source);
  try {
    return createJson(200, await answerPermissions(asked.headers, null, issuer.desk));
  } catch (thrown) {
    if (!isUpsolveTenantError(thrown)) throw thrown;
    return createErrorAnswer(thrown);
  }
}

/**
 * What was ordered → the answer on the wire. An order of a good answer is one, and so is `timeout`: it has been waited
 * for by then.
 *
 * @throws TypeError for `network`, as `fetch` does.
 */
export async function createOrderedAnswer(
  { answer, retryAfterMs }: OrderedAnswer,
  asked: AskedRequest,
  source: AnswerSource,
): Promise<Response> {
  if (typeof answer === 'object') return answer.clone();
  if (typeof answer === 'number') return await createStatusAnswer(answer, retryAfterMs, asked, source);
  const { issuer } = source;
  switch (answer) {
    case 'network':
      throw new TypeError('Failed to fetch');
    case 'timeout':
      return await createGoodAnswer(asked, source);
    case 'invalid_response':
      return createPage();
    case 'token_not_renewed':
      return createTenantAnswer(issuer.repeat(readTenantId(asked, source)), source);
    case 'token_expired_on_arrival':
      return createTenantAnswer(issuer.issueDead(readTenantId(asked, source)), source);
    default:
      return createErrorAnswer(new UpsolveTenantError(answer, { retryAfterMs }));
  }
}

function createTenantAnswer(tenant: IssuedTenant, source: AnswerSource): Response {
  const { permissions, ...rest } = serializeTenant(tenant, source.nowMs);
  return createJson(200, source.carriesPermissions ? { ...rest, permissions } : rest);
}

function createErrorAnswer(error: UpsolveTenantError): Response {
  const { status, body, headers } = serializeError(error);
  return createJson(status, body, headers);
}

/** A bare status says nothing of its cause, as a proxy's. A redirect leads to a page to sign in. */
async function createStatusAnswer(
  status: number,
  retryAfterMs: number | undefined,
  asked: AskedRequest,
  source: AnswerSource,
): Promise<Response> {
  if (status === 200) return await createGoodAnswer(asked, source);
  if (EMPTY_STATUS.includes(status)) return createFakeResponse({ status });
  if (status >= 300 && status < 400) return asked.redirect === 'manual' ? createFakeResponse({ status }) : createPage();
  const { headers } = serializeError(new UpsolveTenantError('server', { retryAfterMs }));
  return createJson(status, { error: `HTTP ${status}` }, headers);
}

function createPage(): Response {
  return createFakeResponse({ status: 200, headers: { 'content-type': 'text/html' }, text: LOGIN_PAGE });
}

function createJson(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return createFakeResponse({
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store', ...headers },
    text: JSON.stringify(body),
  });
}

function readTenantId({ record }: AskedRequest, { defaultTenantId }: AnswerSource): string {
  return record.tenantId ?? defaultTenantId;
}
