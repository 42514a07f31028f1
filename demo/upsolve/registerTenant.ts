import type { Handler } from 'hono';
import { setTimeout as delay } from 'node:timers/promises';
import type { TenantTokens } from './tenantTokens.ts';

/** About what a call across the internet takes. */
const LATENCY_MS = 250;
const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

export interface RegisterTenantOptions {
  apiKey: string;
  tokens: TenantTokens;
  /** @default an hour, as Upsolve's */
  defaultLifetimeSeconds?: number | undefined;
}

/** `POST /v1/api/tenant/register-tenant` with Upsolve's answers and errors. */
export function registerTenant({ apiKey, tokens, defaultLifetimeSeconds = 3_600 }: RegisterTenantOptions): Handler {
  return async (c) => {
    await delay(LATENCY_MS);
    const body: unknown = await c.req.json().catch(() => null);
    if (!isRecord(body) || body.apiKey !== apiKey) return c.json({ error: 'Invalid API key' }, 401);
    const { displayName, prefilters, tenantEditingPermissions, organizationId, expiration } = body;
    if (typeof displayName !== 'string' || displayName === '')
      return c.json({ error: 'Missing required displayName' }, 400);
    if (!isRecord(prefilters)) return c.json({ error: 'Missing required prefilters' }, 400);
    const lifetimeSeconds = expiration === undefined ? defaultLifetimeSeconds : parseSeconds(expiration);
    if (lifetimeSeconds === null) return c.json({ error: 'Invalid expiration' }, 400);

    const claims = {
      parentOrgId: typeof organizationId === 'string' ? organizationId : 'org-demo',
      displayName,
      payload: { prefilters, tenantEditingPermissions: flagsOf(tenantEditingPermissions) },
    };
    const token = await tokens.sign(claims, lifetimeSeconds);
    return c.json({ status: 'success', data: { message: 'Tenant registered successfully', token } });
  };
}

function parseSeconds(text: unknown): number | null {
  const [, count, unit] = /^(\d+)\s*([smhd])$/.exec(String(text)) ?? [];
  return count && unit ? Number(count) * UNIT_SECONDS[unit]! : null;
}

function flagsOf(value: unknown): Record<string, boolean> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
