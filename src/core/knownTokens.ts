import { fingerprint } from './fingerprint';
import type { TenantAnswer } from './parseTenant';

/** What is known of each recent token after it is gone, by fingerprint: whose it was (rule 4), and when it ends. */
export interface KnownTokens {
  isForeign(token: string, tenantId: string | undefined): boolean;
  /**
   * Steady time of its end, where that is known: an answer that states the same end, and no newer server time than any
   * before, may come from a cache. What a server says now counts more than what was made of it earlier.
   */
  getEndMs(answer: TenantAnswer, serverNowMs?: number): number | undefined;
  note(answer: TenantAnswer, tenantId: string | undefined, endsAtMs: number): void;
}

const KEPT = 50;

export function createKnownTokens(): KnownTokens {
  const known = new Map<string, { tenantId: string | undefined; statedMs: number | undefined; endsAtMs: number }>();
  let newestServerMs = Number.NEGATIVE_INFINITY;
  return {
    isForeign(token, tenantId) {
      const found = known.get(fingerprint(token));
      return found !== undefined && found.tenantId !== tenantId;
    },
    getEndMs(answer, serverNowMs = Number.NEGATIVE_INFINITY) {
      const isNews = serverNowMs > newestServerMs;
      if (isNews) newestServerMs = serverNowMs;
      const found = known.get(fingerprint(answer.token));
      const isSame = found?.statedMs !== undefined && found.statedMs === statedEndMs(answer);
      return isSame && !isNews ? found.endsAtMs : undefined;
    },
    note(answer, tenantId, endsAtMs) {
      const key = fingerprint(answer.token);
      known.delete(key);
      known.set(key, { tenantId, statedMs: statedEndMs(answer), endsAtMs });
      const oldest = known.keys().next();
      if (known.size > KEPT && !oldest.done) known.delete(oldest.value);
    },
  };
}

/** The instant at which the server says it ends; undefined for a token that may be prolonged. */
function statedEndMs({ claims, expiresAtMs }: TenantAnswer): number | undefined {
  return claims ? claims.expiresAt * 1_000 : expiresAtMs;
}
