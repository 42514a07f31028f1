import type { Plan } from './plan';
import type { TenantSnapshot } from './snapshot';
import type { TenantHolder } from './tenantHolder';
import type { Failure } from './verdict';

/** One failed attempt may be a blip; from the second in a row the user is told. */
const FAILURES_TO_SHOW = 2;

/** What the engine stores, from which every moment is derived: what the clock can change is in none of it. */
export interface TenancyRecord {
  readonly identity: string;
  readonly plan: Plan;
  readonly failure: Failure | null;
  readonly isRefreshing: boolean;
  readonly holder: TenantHolder;
}

export function deriveSnapshot({ identity, plan, failure, isRefreshing, holder }: TenancyRecord): TenantSnapshot {
  const progress = {
    identity,
    isRefreshing,
    nextAttemptAt: plan.kind === 'due' && !isRefreshing ? plan.at : null,
    lastRefreshedAt: holder.getLastRefreshedAt(),
    failureCount: failure?.count ?? 0,
  };
  if (plan.kind === 'none' && !isRefreshing) return { ...progress, status: 'idle', tenant: null };
  const error = failure ? { error: failure.error } : {};
  const tenant = holder.getTenant();
  if (tenant) return { ...progress, ...error, status: 'ready', tenant };
  if (failure && (plan.kind === 'stopped' || failure.count >= FAILURES_TO_SHOW)) {
    return { ...progress, status: 'error', tenant: null, error: failure.error };
  }
  return { ...progress, ...error, status: holder.hadTenant() ? 'expired' : 'loading', tenant: null };
}
