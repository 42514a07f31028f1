import { compactDecrypt, CompactEncrypt } from 'jose';

/** Encrypts what a store keeps. */
export interface Sealer {
  seal(value: unknown): Promise<string>;
  /** The value, or undefined for what none of the keys opens. */
  open(sealed: unknown): Promise<unknown>;
}

const CONTEXT = new TextEncoder().encode('react-upsolve-tenant/store/1');

/**
 * JWE (`dir`, A256GCM) with a key derived from each secret by HKDF-SHA-256. The first secret seals, any of them opens:
 * put a new one in front, and take the old one away once the longest token has ended.
 */
export function createSealer(secrets: readonly string[]): Sealer {
  const keys = secrets.map(deriveKey);
  // Derivation starts now and is awaited at the first use; until then a failure is nobody's.
  for (const key of keys) key.catch(() => undefined);
  return {
    async seal(value) {
      const [newest] = keys;
      if (!newest) throw new TypeError('There is no encryption key.');
      const plain = new TextEncoder().encode(JSON.stringify(value));
      return new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(await newest);
    },
    async open(sealed) {
      if (typeof sealed !== 'string') return undefined;
      for (const key of keys) {
        const plain = await decrypt(sealed, await key);
        if (plain !== undefined) return JSON.parse(plain) as unknown;
      }
      return undefined;
    },
  };
}

/** A secret nobody knows, for a store that ends with its process. */
export function createSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: CONTEXT };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function decrypt(sealed: string, key: CryptoKey): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
}
