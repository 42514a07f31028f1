import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

export interface Load {
  readonly path: string;
  /** With one it is a POST of JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly total: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no success, and requests that got none. */
  readonly failures: number;
}

const CONNECTIONS = '50';

interface Printed {
  requests: { average: number; total: number };
  latency: { p50: number; p99: number };
  non2xx: number;
  errors: number;
}

/** Asks for as long as it is told, from a process of its own. */
export async function sendLoad(url: string, { path, body, headers }: Load, seconds: number): Promise<LoadResult> {
  const all = { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers };
  const args = [
    createRequire(import.meta.url).resolve('autocannon'),
    ...['--json', '--no-progress', '--connections', CONNECTIONS, '--duration', String(seconds)],
    ...Object.entries(all).flatMap(([name, value]) => ['--headers', `${name}=${value}`]),
    ...(body === undefined ? [] : ['--method', 'POST', '--body', body]),
    `${url}${path}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { requests, latency, non2xx, errors } = JSON.parse(stdout) as Printed;
  return {
    requestsPerSecond: requests.average,
    total: requests.total,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failures: non2xx + errors,
  };
}
