import type { AttemptOutcome } from './attempt';
import { withDeadline } from './deadline';
import { createPermissionsLoop, type PermissionsLoop, type PermissionsLoopParts } from './permissionsLoop';
import type { ResolvedOptions } from './resolveOptions';
import { FIRST_PERMISSIONS_MS } from './schedule';
import type { TenantHolder } from './tenantHolder';
import { sendPermissionsRequest } from './tenantRequests';

/** What the tokens of one identity allow. */
export interface TenantPermissions extends Omit<PermissionsLoop, 'ask'> {
  /**
   * Asks what a new token allows, unless its answer said so. It settles when the tenant may be shown: the first one waits
   * for its permissions a while, so that a dashboard isn't drawn read-only and then again.
   */
  readonly askAfter: (outcome: AttemptOutcome, signal: AbortSignal) => Promise<void>;
}

export interface TenantPermissionsParts extends Pick<
  PermissionsLoopParts,
  'now' | 'random' | 'tell' | 'onTokenExpired' | 'onChange'
> {
  readonly tenantId: string | undefined;
  readonly holder: TenantHolder;
  readonly readOptions: () => ResolvedOptions;
}

export function createTenantPermissions(parts: TenantPermissionsParts): TenantPermissions {
  const { holder, tenantId, readOptions } = parts;
  const loop = createPermissionsLoop({
    ...parts,
    send: (token, reason, attempt, signal) =>
      sendPermissionsRequest({ options: readOptions(), tenantId, reason, attempt, signal }, token),
    isInUse: (token) => holder.getTenant()?.token === token,
    onPermissions: holder.setPermissions,
  });

  return {
    ...loop,
    async askAfter(outcome, signal) {
      if (outcome.kind === 'failed' || outcome.judged.judgement.kind !== 'accepted') return;
      const { token, permissions } = outcome.judged.answer;
      if (permissions || !outcome.options.permissionsEndpoint) return loop.stop();
      const asked = loop.ask(token);
      if (holder.hadTenant()) return;
      await withDeadline(FIRST_PERMISSIONS_MS, signal, () => asked).catch(() => undefined);
    },
  };
}
