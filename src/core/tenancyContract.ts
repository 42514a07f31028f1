import type { Clock } from './clock';
import type { UpsolveTenantError } from './errors';
import type { RequestReason, UpsolveTenantEvent } from './events';
import type { KnownTokens } from './knownTokens';
import type { EngineOptions } from './options';
import type { ReceivedAnswer } from './readResponse';
import type { RequestTurns } from './requestTurns';
import type { ServerTime } from './serverTime';
import type { TenantSnapshot } from './snapshot';
import type { SteadyClock } from './steadyClock';
import type { UpsolveTenant } from './tenant';
import type { RefreshOutcome } from './tenantSource';

/** Which tenant, for whom. */
export interface TenantTarget {
  /** Tenant, session, endpoint and body in one text: see identity.ts. */
  readonly identity: string;
  /** As text; undefined in an app with one tenant. */
  readonly tenantId?: string | undefined;
}

/** What a tenancy is given by the engine. */
export interface TenancyParts {
  readonly target: TenantTarget;
  readonly clock: Clock;
  readonly now: SteadyClock;
  readonly knownTokens: KnownTokens;
  readonly serverTime: ServerTime;
  readonly turns: RequestTurns;
  readonly tell: (event: UpsolveTenantEvent) => void;
  /** The newest ones. */
  readonly readOptions: () => EngineOptions;
  readonly carrier: FetchCarrier;
  readonly onOutcome: (outcome: RefreshOutcome) => void;
  /** Something changed that the page or the timer must know. */
  readonly onChange: () => void;
}

/** Who carries each fetch out: one at a time for an identity. */
export interface FetchCarrier {
  carry(identity: string, fetch: () => Promise<ReceivedAnswer>): Promise<ReceivedAnswer>;
  /** Lets go of what is under way. */
  drop(): void;
}

/** What the engine asks of one identity's life. */
export interface Tenancy {
  readonly target: TenantTarget;
  /** Begins with an answer that the server already fetched, or else with a request. */
  begin(initialTenant: unknown): void;
  /** Joins the running attempt, or starts one. */
  ask(reason: RequestReason): Promise<UpsolveTenant>;
  isAsking(): boolean;
  /** Does what is due. */
  step(): void;
  /** Rule 11: the page came back. */
  wake(): void;
  /** The next moment of steady time at which something is due, or its token may be used no longer; null for none. */
  getDueAt(): number | null;
  getSnapshot(): TenantSnapshot;
  /** Rule 10: ends what is under way and keeps the token. */
  halt(): void;
  /** Rule 9: ends it for good; nothing of it is left, and nobody is told of it any more. */
  end(): void;
  /** Rule 11: the page is put away as it is; no token may be found when it comes back. */
  freeze(): void;
  /** Drops the token and stops. */
  lose(error: UpsolveTenantError): void;
  /** The app is signing in: nothing is asked until that settles. */
  awaitSignIn(signIn: PromiseLike<unknown>): void;
}
