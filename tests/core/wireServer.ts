import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { UpsolveTenantError } from '../../src/core/errors';
import { type RequestOptions, resolveOptions } from '../../src/core/options';
import { requestTenant, type TenantRequest } from '../../src/core/request';
import type { ReceivedAnswer } from '../../src/core/response';
import { createSendBudget } from '../../src/core/schedule';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type WireAnswer = (request: WireRequest, response: ServerResponse) => void;

/** A real server on this machine, one for each test of a file. */
export interface WireServer {
  origin: string;
  answer: WireAnswer;
  readonly requests: WireRequest[];
}

export function useWireServer(): WireServer {
  const wire: WireServer = { origin: '', answer: answerJson({}), requests: [] };
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const { method = '', url = '', headers } = message;
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString('latin1') };
      wire.requests.push(request);
      wire.answer(request, response);
    });
  });
  beforeEach(async () => {
    wire.requests.length = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    wire.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return wire;
}

export function answerJson(body: unknown, status = 200, headers: Record<string, string> = {}): WireAnswer {
  return (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function answerPage(status = 200): WireAnswer {
  return (_request, response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
}

/** One after the other; the last one again and again. */
export function inTurn(...answers: [WireAnswer, ...WireAnswer[]]): WireAnswer {
  let count = 0;
  return (request, response) => answers[Math.min(count++, answers.length - 1)]!(request, response);
}

/** One request for a tenant, as the engine makes it. */
export async function ask(
  options: RequestOptions,
  context: Partial<TenantRequest> = {},
  isRegistered = false,
): Promise<ReceivedAnswer> {
  const { signal } = new AbortController();
  const request = { reason: 'initial', attempt: 1, tenantId: 'acme', signal, isRegistered, ...context } as const;
  return await requestTenant(resolveOptions(options), { ...request, budget: createSendBudget(() => 0) });
}

/** The error of such a request. */
export async function askInVain(...request: Parameters<typeof ask>): Promise<UpsolveTenantError> {
  try {
    await ask(...request);
  } catch (error) {
    if (error instanceof UpsolveTenantError) return error;
    throw error;
  }
  throw new Error('The request was answered.');
}
