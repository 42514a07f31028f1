import { isUpsolveTenantError, UpsolveTenantError } from '../core/errors';
import type { UpsolvePermissions } from '../core/permissions';
import type { Deadline } from './deadline';
import { canonicalJson, createRememberingDigest, digest } from './digest';
import { type Eventual, followUp, isPromiseLike } from './eventual';
import { type FaultSource, rethrowSignal, type TenantHandlerEvent } from './faults';
import { type CapturedIdentity, type TenantIdentity, tenantIdOf } from './identity';
import type { SealedRecords } from './sealedRecords';
import type { SharedClock } from './sharedClock';
import { createLock, createSingleFlight } from './singleFlight';
import { type AskForToken, requestToken } from './upsolveCall';

/** A token that was handed out, and what must be known to hand it out again. */
export interface IssuedTenant {
  readonly tenantId: string;
  readonly token: string;
  readonly permissions: UpsolvePermissions;
  /** Its end, by the desk's clock. */
  readonly endsAtMs: number;
  /** What it had left when it came. */
  readonly lifetimeMs: number;
  /** How far Upsolve's clock is ahead of the desk's; 0 for as long as they agree within seconds. */
  readonly skewMs: number;
}

/** What is known of a token that was handed out. */
export interface HandedOutToken {
  readonly tenantId: string;
  readonly permissions: UpsolvePermissions;
}

/**
 * What the routes need of whoever has the tokens: the real one keeps and encrypts them, a double can do without. All of
 * it may throw an UpsolveTenantError, which is then the answer.
 */
export interface TenantDesk<Identity extends TenantIdentity> {
  /** The time that the ends of its tokens are meant by, in ms since 1970: the store's, where that tells one. */
  now(): number;
  /** `reuse` may give a token that was handed out before; `mint` never does. */
  issue(captured: CapturedIdentity<Identity>, how: 'reuse' | 'mint', deadline: Deadline): Promise<IssuedTenant>;
  /** Undefined for a token that was never handed out, or has ended. */
  findHandedOut(token: string): Promise<HandedOutToken | undefined>;
  /** The role signal: these are the permissions of this user now. It is not waited for beyond the deadline. */
  noticePermissions(captured: CapturedIdentity<Identity>, deadline: Deadline): Promise<void>;
}

/** How one identity's token is asked for, and what makes two of them the same token. */
export interface TokenOrder {
  readonly ask: AskForToken;
  /** All that the token depends on, as text. */
  readonly scope: string;
}

export interface TenantDeskOptions<Identity extends TenantIdentity> {
  readonly records: SealedRecords;
  readonly order: (captured: CapturedIdentity<Identity>) => TokenOrder;
  /** Undefined where nobody listens. */
  readonly noticePermissions: ((captured: CapturedIdentity<Identity>) => Promise<void>) | undefined;
  readonly reuseMs: number | undefined;
  /** What the store may take each time. Upsolve leaves it time for two more. */
  readonly storeTimeoutMs: number;
  readonly apiKey: string | undefined;
  /** Tells apart handlers with different keys or hosts that share a store. */
  readonly issuer: readonly unknown[];
  readonly clock: SharedClock;
  readonly onEvent: (event: TenantHandlerEvent) => void;
  readonly onFault: (source: FaultSource, thrown: unknown) => void;
}

/** A tenant as it is kept, with the tokens before it that still have a record of their own. */
interface KeptTenant extends IssuedTenant {
  readonly former: readonly (readonly [recordKey: string, endsAtMs: number])[];
}

/** So many tokens of one scope stay on record, so that nobody's refreshing crowds out others. */
const FORMER_LIMIT = 32;

/** Hands out tokens: kept ones while they are good, one registration for all who ask at once. */
export function createTenantDesk<Identity extends TenantIdentity>(
  options: TenantDeskOptions<Identity>,
): TenantDesk<Identity> {
  const { records, order, storeTimeoutMs, apiKey, clock, onEvent, onFault } = options;
  const { now } = clock;
  const lookups = createSingleFlight<IssuedTenant>();
  const mints = createSingleFlight<IssuedTenant>();
  const runAlone = createLock();
  const nameScope = createRememberingDigest(canonicalJson(options.issuer));

  const isReusable = ({ endsAtMs, lifetimeMs }: IssuedTenant): boolean =>
    endsAtMs - now() >= (options.reuseMs ?? lifetimeMs / 2);

  async function request(ask: AskForToken, deadline: Deadline): ReturnType<typeof requestToken> {
    const startedAtMs = now();
    const report = (error?: unknown): void =>
      onEvent({
        type: 'registration',
        durationMs: now() - startedAtMs,
        ...(isUpsolveTenantError(error) && { code: error.code }),
      });
    try {
      const remainingMs = deadline.remainingMs();
      const timeoutMs = Math.max(remainingMs - 2 * storeTimeoutMs, remainingMs / 2);
      const received = await requestToken(ask, { timeoutMs, now: clock.earliest, apiKey });
      report();
      return received;
    } catch (thrown) {
      rethrowSignal(thrown);
      report(thrown);
      throw thrown;
    }
  }

  async function mint(
    key: string,
    captured: CapturedIdentity<Identity>,
    ask: AskForToken,
    deadline: Deadline,
  ): Promise<IssuedTenant> {
    // A store that doesn't tell its time doesn't answer either, which is reported as soon as records are asked for.
    await clock.sync()?.catch(rethrowSignal);
    const [received, before] = await Promise.all([request(ask, deadline), records.findAnyhow(key)]);
    const tenant: IssuedTenant = { tenantId: tenantIdOf(captured), permissions: captured.permissions, ...received };
    const tokenKey = await tokenRecordKey(tenant.token);
    let kept = Promise.resolve();
    // Who gets the same token at the same time finds the record that the first one is making of it.
    const claimed = runAlone(tokenKey, async () => {
      await refuseForeign(tokenKey, tenant.tenantId);
      kept = keep(key, tokenKey, tenant, (before as KeptTenant | undefined)?.former ?? []);
      // Whoever waits for it may be gone by then, and what nobody waits for must end no process.
      kept.catch(() => undefined);
    });
    await deadline.run(() => claimed);
    // By now this process knows the token, however long the store takes.
    await deadline.run(() => kept).catch(rethrowSignal);
    return tenant;
  }

  /** A cache in front of Upsolve, or an `issueToken` that remembers too much, may give one tenant another's token. */
  async function refuseForeign(tokenKey: string, tenantId: string): Promise<void> {
    const known = (await records.findAnyhow(tokenKey)) as HandedOutToken | undefined;
    if (!known || known.tenantId === tenantId) return;
    const error = new UpsolveTenantError('invalid_response', {
      status: 502,
      message: 'The token that came was handed out for another tenant before.',
    });
    onFault('issuer', error);
    throw error;
  }

  async function keep(
    key: string,
    tokenKey: string,
    tenant: IssuedTenant,
    former: KeptTenant['former'],
  ): Promise<void> {
    const { tenantId, permissions, endsAtMs } = tenant;
    const live = former.filter(([recordKey, ended]) => ended > now() && recordKey !== tokenKey);
    const newest = [...live, [tokenKey, endsAtMs] as const].slice(-FORMER_LIMIT);
    const isGone = ([recordKey]: KeptTenant['former'][number]): boolean =>
      newest.every(([keptKey]) => keptKey !== recordKey);
    // First: whoever finds the tenant hands out its token, which every process must know by then.
    await records.keep(tokenKey, { tenantId, permissions } satisfies HandedOutToken, endsAtMs);
    await Promise.all([
      records.keep(key, { ...tenant, former: newest } satisfies KeptTenant, endsAtMs),
      // Not every store forgets by itself what nobody asks for again.
      ...former.filter(isGone).map(([recordKey]) => records.drop(recordKey)),
    ]);
  }

  async function issueToken(
    captured: CapturedIdentity<Identity>,
    { ask, scope }: TokenOrder,
    how: 'reuse' | 'mint',
    deadline: Deadline,
  ): Promise<IssuedTenant> {
    const key = `tenant:${await nameScope(JSON.stringify(tenantIdOf(captured)) + scope)}`;
    const mintOnce = (): Eventual<IssuedTenant> => mints(key, () => mint(key, captured, ask, deadline));
    const look = (): Eventual<IssuedTenant> =>
      followUp(records.findAnyhow(key) as Eventual<KeptTenant | undefined>, (kept) =>
        kept && isReusable(kept) ? kept : mintOnce(),
      );
    const issuing = how === 'mint' ? mintOnce() : lookups(key, look);
    return isPromiseLike(issuing) ? deadline.run(() => issuing) : issuing;
  }

  /** Who hears of roles and doesn't come back in time keeps nobody from an answer. */
  async function noticePermissions(captured: CapturedIdentity<Identity>, deadline: Deadline): Promise<void> {
    const { noticePermissions: notice } = options;
    if (notice) await deadline.run(() => notice(captured)).catch(rethrowSignal);
  }

  return {
    now,
    async issue(captured, how, deadline) {
      // First of all it is refused, if it must be: then nobody hears of it.
      const ordered = order(captured);
      const issuing = issueToken(captured, ordered, how, deadline);
      if (!options.noticePermissions) return issuing;
      const [tenant] = await Promise.all([issuing, noticePermissions(captured, deadline)]);
      return tenant;
    },
    async findHandedOut(token) {
      const key = await tokenRecordKey(token);
      try {
        return (await records.find(key)) as HandedOutToken | undefined;
      } catch (thrown) {
        rethrowSignal(thrown);
        const unsaved = records.findUnsaved(key);
        if (unsaved) return unsaved as HandedOutToken;
        throw new UpsolveTenantError('server', { status: 503, message: 'The store of this backend does not answer.' });
      }
    },
    noticePermissions,
  };
}

async function tokenRecordKey(token: string): Promise<string> {
  return `token:${await digest(token)}`;
}
