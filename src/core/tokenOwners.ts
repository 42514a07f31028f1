import { fingerprint } from './fingerprint';

/** Which tenant each recent token was accepted for, by fingerprint: rule 4 must know it after the token is gone. */
export interface TokenOwners {
  isForeign(token: string, tenantId: string | undefined): boolean;
  note(token: string, tenantId: string | undefined): void;
}

const KEPT = 50;

export function createTokenOwners(): TokenOwners {
  const owners = new Map<string, string | undefined>();
  return {
    isForeign(token, tenantId) {
      const key = fingerprint(token);
      return owners.has(key) && owners.get(key) !== tenantId;
    },
    note(token, tenantId) {
      const key = fingerprint(token);
      owners.delete(key);
      owners.set(key, tenantId);
      const oldest = owners.keys().next();
      if (owners.size > KEPT && !oldest.done) owners.delete(oldest.value);
    },
  };
}
