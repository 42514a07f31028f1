import { randomBytes } from 'node:crypto';

export interface Settings {
  port: number;
  apiKey: string;
  isStandIn: boolean;
  /** Life of the stand-in's tokens in seconds; null leaves it to the real Upsolve. */
  tokenSeconds: number | null;
  dashboardId: string | undefined;
  prefilters: Record<string, unknown> | undefined;
  displayName: string;
  /** A backend of your own, or a recipe, that is asked in place of the package's handler. */
  backendUrl: string | undefined;
}

/** The environment → settings. Everything secret that is not given is made here, at start. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const apiKey = env.UPSOLVE_API_KEY;
  return {
    port: readNumber(env, 'DEMO_PORT') ?? 4400,
    apiKey: apiKey || ['up', 'embed', randomBytes(16).toString('hex')].join('_'),
    isStandIn: !apiKey,
    tokenSeconds: readNumber(env, 'DEMO_TOKEN_SECONDS') ?? (apiKey ? null : 45),
    dashboardId: env.UPSOLVE_DASHBOARD_ID || (apiKey ? undefined : 'revenue'),
    prefilters: apiKey ? readPrefilters(env) : undefined,
    displayName: env.UPSOLVE_DISPLAY_NAME || 'Demo tenant',
    backendUrl: readUrl(env, 'DEMO_BACKEND'),
  };
}

function readNumber(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number.`);
  return value;
}

function readUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (!URL.canParse(text)) throw new Error(`${name} must be a URL, such as http://127.0.0.1:8000.`);
  return new URL(text).origin;
}

function readPrefilters(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const cure = 'Set UPSOLVE_PREFILTERS to the rows this tenant may see, as JSON: {"organization_id":"42"}.';
  if (!env.UPSOLVE_PREFILTERS) throw new Error(`UPSOLVE_API_KEY is set, so the real Upsolve is asked. ${cure}`);
  try {
    const value: unknown = JSON.parse(env.UPSOLVE_PREFILTERS);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below: a parser's message would quote the text.
  }
  throw new Error(`UPSOLVE_PREFILTERS is no JSON object. ${cure}`);
}
