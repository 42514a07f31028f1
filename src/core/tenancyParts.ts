import type { Clock } from './clock';
import type { UpsolveTenantEvent } from './events';
import type { EngineOptions } from './options';
import type { ReceivedAnswer } from './readResponse';
import type { SteadyClock } from './steadyClock';
import type { RefreshOutcome } from './tenantSource';
import type { TokenOwners } from './tokenOwners';

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
  readonly owners: TokenOwners;
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
