import { UpsolveTenantError } from '../core/errors';
import type { TenantHandlerListener } from './faults';
import type { UpsolveTenantHandlerOptions } from './handlerOptions';
import type { TenantIdentity } from './identity';
import { createSecret } from './sealer';
import type { TenantStore } from './stores/TenantStore';
import { createMemoryStore } from './stores/createMemoryStore';

/** Every option that can be judged where the handler is made, with its default. */
export interface ResolvedHandlerOptions {
  readonly basePath: string;
  readonly upsolveUrl: string;
  readonly reuseMs: number | undefined;
  readonly requestTimeoutMs: number;
  readonly storeTimeoutMs: number;
  readonly allowedOrigins: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly onEvent: TenantHandlerListener;
}

const LEAST_API_KEY_LENGTH = 8;
const LEAST_KEY_LENGTH = 32;

/** @throws UpsolveTenantError `invalid_options` where one can't be used, `insecure_endpoint` for a plain http URL. */
export function resolveHandlerOptions<Identity extends TenantIdentity, Context>(
  options: UpsolveTenantHandlerOptions<Identity, Context>,
): ResolvedHandlerOptions {
  const now = options.now ?? (() => Date.now());
  const { reuseMs } = options;
  if (typeof options.identify !== 'function') throw refused('identify is missing: it says who is asking');
  return {
    basePath: parseBasePath(options.basePath ?? '/upsolve'),
    upsolveUrl: parseUpsolveUrl(options.upsolveUrl ?? 'https://api.upsolve.ai'),
    reuseMs: reuseMs === undefined ? undefined : parseMs('reuseMs', reuseMs),
    requestTimeoutMs: parseMs('requestTimeoutMs', options.requestTimeoutMs ?? 9_000),
    storeTimeoutMs: parseMs('storeTimeoutMs', options.storeTimeoutMs ?? 1_000),
    allowedOrigins: parseAllowedOrigins(options.allowedOrigins ?? []),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now,
    onEvent: options.onEvent ?? logFaults,
  };
}

/** What a build doesn't have. */
export interface ResolvedSecrets {
  readonly apiKey: string | undefined;
  readonly store: TenantStore;
  readonly encryptionKeys: readonly string[];
}

interface SecretOptions {
  apiKey?: string | undefined;
  issueToken?: unknown;
  store?: TenantStore | undefined;
  encryptionKeys?: readonly string[] | undefined;
}

/**
 * What is taken at the first request: a build runs the module that makes the handler where no key is set, and a prerender
 * may throw no dice.
 *
 * @throws UpsolveTenantError `invalid_options` where one is missing or too short.
 */
export function resolveSecrets(options: SecretOptions, now: () => number): ResolvedSecrets {
  const apiKey = readApiKey(options);
  // With `issueToken` none is needed; where there is one it is still kept out of every answer.
  if (!apiKey && !options.issueToken) {
    throw refused('apiKey is missing: set UPSOLVE_API_KEY, or give the option apiKey');
  }
  // It is looked for in all that is answered, and a few letters are in every text.
  if (apiKey && apiKey.length < LEAST_API_KEY_LENGTH) {
    throw refused(`apiKey has fewer than ${LEAST_API_KEY_LENGTH} characters, which no key of Upsolve's has`);
  }
  const encryptionKeys = resolveEncryptionKeys(options);
  return { apiKey, store: options.store ?? createMemoryStore({ now }), encryptionKeys };
}

export function readApiKey({ apiKey }: SecretOptions): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return (apiKey ?? process?.env?.UPSOLVE_API_KEY)?.trim() || undefined;
}

/** The keys of memory end with it. Another store outlives the process, so its keys must too. */
function resolveEncryptionKeys(options: SecretOptions): readonly string[] {
  const keys = options.encryptionKeys ?? [];
  if (keys.some((key) => typeof key !== 'string' || key.trim().length < LEAST_KEY_LENGTH)) {
    throw refused(`each of encryptionKeys must be a secret of ${LEAST_KEY_LENGTH} or more characters`);
  }
  if (keys.length > 0) return keys;
  if (options.store) throw refused('a store needs encryptionKeys: tokens are kept encrypted');
  return [createSecret()];
}

/** A line for each: the stack of an error that this handler made of another says nothing. */
const logFaults: TenantHandlerListener = (event) => {
  const isRefused = event.type === 'registration' && event.code !== undefined;
  // eslint-disable-next-line no-console -- a backend that says nothing of its own faults can't be repaired
  const log = (line: string): void => console.error(`react-upsolve-tenant: ${line}`);
  if (event.type === 'fault') log(`${event.source} failed. ${event.error.message}`);
  else if (isRefused) log(`Upsolve gave no token: ${event.code}.`);
};

function refused(why: string): UpsolveTenantError {
  return new UpsolveTenantError('invalid_options', { message: `createUpsolveTenantHandler: ${why}.` });
}

/** '/upsolve', 'upsolve/' → '/upsolve'; '/' and '' stand for the root. */
function parseBasePath(text: string): string {
  const path = text.replace(/^\/*/, '/').replace(/\/+$/, '');
  if (/[?#\s]/.test(path)) throw refused('basePath is not a path');
  return path;
}

/** @throws UpsolveTenantError `insecure_endpoint` where the API key would be sent unencrypted. */
function parseUpsolveUrl(text: string): string {
  if (!URL.canParse(text)) throw refused('upsolveUrl is not an absolute URL');
  const { protocol, hostname, origin, pathname } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) {
    throw new UpsolveTenantError('insecure_endpoint', {
      message: 'createUpsolveTenantHandler: upsolveUrl must be https, or the API key travels readable.',
    });
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/**
 * With credentials there is no "everyone", and `null` is the origin of any sandboxed page, and of files. Webviews and
 * extensions have schemes of their own, of which URL knows no origin.
 */
function parseAllowedOrigins(origins: readonly string[]): readonly string[] {
  return origins.map((text) => {
    const origin = text.replace(/\/$/, '').toLowerCase();
    const isHttp = /^https?:/.test(origin);
    const isOrigin = isHttp
      ? URL.canParse(origin) && new URL(origin).origin === origin
      : /^[a-z][a-z0-9+.-]*:\/\/[\w.-]+(:\d+)?$/.test(origin) && !origin.startsWith('file:');
    if (!isOrigin) {
      throw refused('each of allowedOrigins must be one origin, as https://app.example.com or capacitor://localhost');
    }
    return origin;
  });
}

/** The longest time that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

function parseMs(name: string, value: number): number {
  if (!(value >= 0 && value <= LONGEST_MS)) throw refused(`${name} is not a number of milliseconds`);
  return value;
}
