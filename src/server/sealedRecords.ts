import { compactDecrypt, CompactEncrypt } from 'jose';
import { LRUCache } from 'lru-cache';
import { withDeadline } from '../core/request';
import { rethrowSignal } from './faults';
import type { TenantStore } from './stores/TenantStore';

/** Values kept in a store, encrypted, each bound to its key and its end. */
export interface SealedRecords {
  /**
   * The value, or undefined where there is none, it has ended, or none of the keys opens it.
   *
   * @throws where the store does not answer; it has been reported by then.
   */
  find(key: string): Promise<unknown>;
  /** As `find`, but a store that is down counts as what this process itself could not write. */
  findAnyhow(key: string): Promise<unknown>;
  /** Never rejects: what the store does not take is kept in this process, and the fault reported. */
  keep(key: string, value: unknown, endsAtMs: number): Promise<void>;
  /** Never rejects; the end that each record has will do otherwise. */
  drop(key: string): Promise<void>;
}

export interface SealedRecordsOptions {
  readonly store: TenantStore;
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly onFault: (thrown: unknown) => void;
  /** How long the store may take. */
  readonly timeoutMs: number;
}

interface Envelope {
  readonly version: 1;
  readonly key: string;
  readonly keptAtMs: number;
  readonly endsAtMs: number;
  readonly value: unknown;
}

/** Bounds what is kept here while a store is down. */
const UNSAVED_LIMIT = 1_000;

export function createSealedRecords({ store, sealer, now, onFault, timeoutMs }: SealedRecordsOptions): SealedRecords {
  const unsaved = new LRUCache<string, string>({ max: UNSAVED_LIMIT });

  async function ask<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(timeoutMs, new AbortController().signal, async () => run());
    } catch (thrown) {
      rethrowSignal(thrown);
      onFault(thrown);
      throw thrown;
    }
  }

  /** A record that was put under another key, by whoever can write to the store, is none. */
  async function open(sealed: unknown, key: string): Promise<Envelope | undefined> {
    const envelope = (await sealer.open(sealed)) as Envelope | undefined;
    const isOurs = envelope?.version === 1 && envelope.key === key && envelope.endsAtMs > now();
    return isOurs ? envelope : undefined;
  }

  async function newest(kept: unknown, key: string): Promise<unknown> {
    const [saved, ours] = await Promise.all([open(kept, key), open(unsaved.get(key), key)]);
    if (!saved || !ours) return (saved ?? ours)?.value;
    return (ours.keptAtMs > saved.keptAtMs ? ours : saved).value;
  }

  const find = async (key: string): Promise<unknown> => newest(await ask(() => store.get(key)), key);

  return {
    find,
    findAnyhow: (key) =>
      find(key).catch((thrown: unknown) => {
        rethrowSignal(thrown);
        return newest(undefined, key);
      }),
    async keep(key, value, endsAtMs) {
      const sealed = await sealer.seal({ version: 1, key, keptAtMs: now(), endsAtMs, value } satisfies Envelope);
      try {
        await ask(async () => {
          if ((await store.set(key, sealed, endsAtMs - now())) === false) throw new Error('The store took nothing.');
        });
        unsaved.delete(key);
      } catch (thrown) {
        rethrowSignal(thrown);
        unsaved.set(key, sealed);
      }
    },
    drop: async (key) => {
      unsaved.delete(key);
      await ask(() => store.delete(key)).catch(rethrowSignal);
    },
  };
}

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
