import type { ServerConfig } from './scenario';

/** What the backend knows of a token it made. Every token is tagged with its tenant. */
export interface Minted {
  readonly tenant: string;
  readonly issuedMs: number;
  readonly endsMs: number;
}

/** An answer as it goes over the wire, beside what it states. */
export interface Stated {
  readonly token: string;
  readonly claims: { readonly iat: number; readonly exp: number } | undefined;
  readonly expiresAtMs: number | undefined;
  readonly expiresInMs: number | undefined;
  /** The server's time as the answer tells it, wherever it does. */
  readonly serverTimeMs: number | undefined;
}

/** Every token that the backend made, and which of them the page may show until when. */
export interface Ledger {
  mint(tenant: string, nowMs: number, lifetimeMs: number): string;
  get(token: string): Minted;
  claimsOf(token: string): Stated['claims'];
  /** An answer reaches the page: from here on the page may believe it as far as what is stated lets it. */
  deliver(answer: Stated, to: Delivery): void;
  /** The page shows it. Returns the true moment by which it must not; undefined for a token it never was given. */
  show(token: string): Readonly<Given> | undefined;
  /** A new engine knows of nothing. */
  forget(): void;
  /** Tokens that the page must know still, newest last: those in use last, and handed to it last. */
  readonly getRemembered: () => readonly string[];
}

export interface Delivery {
  /** The page has not given the request up. */
  readonly isHeard: boolean;
  readonly generation: number;
  readonly sentMs: number;
  readonly nowMs: number;
  readonly wallOffsetMs: number;
  readonly unseenMs: number;
}

interface Given {
  /** The true moment by which it must not be used, as far as the page could know. */
  endMs: number;
  /** What the page had not seen of time when it asked. */
  unseenMs: number;
  /** How long the request took: age starts when it is sent. */
  receivedLateMs: number;
  isShown: boolean;
  /** The server's own time came with it: its end is known, whatever the page's clock says. */
  isTimed: boolean;
  readonly generations: Set<number>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The tolerance of two mints, and a little for whole seconds. */
const COINCIDENCE_MS = 7_000;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createLedger({ format }: ServerConfig): Ledger {
  const minted = new Map<string, Minted & { claims: Stated['claims'] }>();
  let given = new Map<string, Given>();
  let lastMint: { token: string; iat: number; sentMs: number } | undefined;
  let isMisled = false;
  /** Each once, newest last: those in use, and those that came in, whether they were taken or not. */
  const shown: string[] = [];
  const handed: string[] = [];
  const moveToEnd = (list: string[], token: string): void => {
    if (list.includes(token)) list.splice(list.indexOf(token), 1);
    list.push(token);
  };
  /** Two are remembered by an engine; of what it was handed and gave up the model can't say whether it was noted. */
  const getRemembered = (): string[] => shown.slice(-2).filter((token) => handed.slice(-2).includes(token));

  /** What the page may take the token to have left. */
  function believedMs(answer: Stated, { nowMs, wallOffsetMs }: Delivery): number {
    const now = answer.serverTimeMs ?? nowMs + wallOffsetMs;
    const ends = [answer.expiresAtMs, answer.claims && answer.claims.exp * 1_000].filter((end) => end !== undefined);
    const statements = ends.map((end) => end - now);
    if (answer.expiresInMs !== undefined) statements.push(answer.expiresInMs);
    const life = answer.claims ? (answer.claims.exp - answer.claims.iat) * 1_000 : DAY_MS;
    return Math.min(...(statements.length > 0 ? statements : [HOUR_MS]), life, DAY_MS);
  }

  /** The test of two mints can be met by chance: two kept tokens of the same age, with a page that knows no time. */
  function noteCoincidence({ token, claims, serverTimeMs }: Stated, { sentMs, nowMs, isHeard }: Delivery): void {
    if (!isHeard || !claims || lastMint?.token === token) return;
    const isKept = nowMs - claims.iat * 1_000 > nowMs - sentMs + 1_000;
    const moved = lastMint && (claims.iat - lastMint.iat) * 1_000 - (sentMs - lastMint.sentMs);
    if (isKept && serverTimeMs === undefined && moved !== undefined && Math.abs(moved) <= COINCIDENCE_MS)
      isMisled = true;
    lastMint = { token, iat: claims.iat, sentMs };
  }

  return {
    getRemembered,
    mint(tenant, nowMs, lifetimeMs) {
      const iat = Math.floor(nowMs / 1_000);
      const claims = format === 'jwt' ? { iat, exp: iat + Math.round(lifetimeMs / 1_000) } : undefined;
      const serial = minted.size;
      const token = claims
        ? `${encode({ alg: 'HS256' })}.${encode({ data: { displayName: tenant, payload: serial }, ...claims })}.${encode(serial)}`
        : `opaque-of-${tenant.replaceAll(' ', '-')}-${serial}-${'x'.repeat(8)}`;
      minted.set(token, { tenant, issuedMs: nowMs, endsMs: claims ? claims.exp * 1_000 : nowMs + lifetimeMs, claims });
      return token;
    },
    get(token) {
      const found = minted.get(token);
      if (!found) throw new Error(`leak: a token that no backend made: ${token}`);
      return found;
    },
    claimsOf: (token) => minted.get(token)?.claims,
    deliver(answer, to) {
      const { nowMs, unseenMs, generation } = to;
      const { endsMs, issuedMs } = minted.get(answer.token)!;
      noteCoincidence(answer, to);
      const isUnsure = answer.serverTimeMs === undefined && (isMisled || unseenMs > 0);
      const extraMs = Math.max(isUnsure ? nowMs - issuedMs : 0, believedMs(answer, to) - (endsMs - nowMs), 0);
      const endMs = endsMs + extraMs;
      const receivedLateMs = nowMs - to.sentMs;
      const known = given.get(answer.token);
      const isRemembered = getRemembered().includes(answer.token);
      if (to.isHeard) moveToEnd(handed, answer.token);
      if (!known) {
        given.set(answer.token, {
          endMs,
          unseenMs,
          receivedLateMs,
          isShown: false,
          isTimed: answer.serverTimeMs !== undefined,
          generations: new Set([generation]),
        });
        return;
      }
      known.generations.add(generation);
      known.isTimed ||= answer.serverTimeMs !== undefined;
      known.receivedLateMs = Math.max(known.receivedLateMs, receivedLateMs);
      // No later answer can make a token live longer that is remembered.
      const isKnown = known.isShown && isRemembered;
      known.endMs = isKnown ? Math.min(known.endMs, endMs) : Math.max(known.endMs, endMs);
      if (!isKnown) known.unseenMs = Math.min(known.unseenMs, unseenMs);
    },
    show(token) {
      const known = given.get(token);
      if (known) moveToEnd(shown, token);
      if (known) known.isShown = true;
      return known;
    },
    forget() {
      given = new Map();
      lastMint = undefined;
      isMisled = false;
      shown.length = 0;
      handed.length = 0;
    },
  };
}
