import { jwtVerify, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';

/** What Upsolve puts into a token, as far as it is known; what `payload` holds is the stand-in's own guess. */
export interface TenantClaims {
  parentOrgId: string;
  displayName: string;
  payload: { prefilters: Record<string, unknown>; tenantEditingPermissions: Record<string, boolean> };
}

export interface TenantTokens {
  sign(claims: TenantClaims, lifetimeSeconds: number): Promise<string>;
  /** The claims of a token that was signed here and has not ended; null for any other. */
  verify(token: string): Promise<TenantClaims | null>;
}

/** Real HS256 tokens under a secret that lives as long as the process. */
export function createTenantTokens(): TenantTokens {
  const secret = randomBytes(32);
  return {
    sign: (data, lifetimeSeconds) => {
      const issuedAt = Math.floor(Date.now() / 1_000);
      return new SignJWT({ data: { ...data } })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(secret);
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify<{ data: TenantClaims }>(token, secret, { algorithms: ['HS256'] });
        return payload.data;
      } catch {
        return null;
      }
    },
  };
}
