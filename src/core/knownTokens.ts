import { fingerprint } from './fingerprint';
import type { TenantAnswer } from './parseTenant';

/** What is known of each recent token after it is gone, by fingerprint: whose it was (rule 4), and when it ends. */
export interface KnownTokens {
  isForeign(token: string, tenantId: string | undefined): boolean;
  /** Steady time of its end, where that is known and the answer states the same end as the one before. */
  getEndMs(answer: TenantAnswer): number | undefined;
  note(answer: TenantAnswer, tenantId: string | undefined, endsAtMs: number): void;
}

/** Of tokens that live ten seconds, more than half an hour. */
const KEPT = 500;

export function createKnownTokens(): KnownTokens {
  const known = new Map<string, { tenantId: string | undefined; stated: number | undefined; endsAtMs: number }>();
  return {
    isForeign(token, tenantId) {
      const found = known.get(fingerprint(token));
      return found !== undefined && found.tenantId !== tenantId;
    },
    getEndMs(answer) {
      const found = known.get(fingerprint(answer.token));
      return found?.stated !== undefined && found.stated === statedEnd(answer) ? found.endsAtMs : undefined;
    },
    note(answer, tenantId, endsAtMs) {
      const key = fingerprint(answer.token);
      known.delete(key);
      known.set(key, { tenantId, stated: statedEnd(answer), endsAtMs });
      const oldest = known.keys().next();
      if (known.size > KEPT && !oldest.done) known.delete(oldest.value);
    },
  };
}

/** When the server says it ends, to be compared with itself only; undefined for a token that may be prolonged. */
function statedEnd({ claims, expiresAtMs }: TenantAnswer): number | undefined {
  return claims?.expiresAt ?? expiresAtMs;
}
