import type { TenantTarget } from '../core/tenancyContract';
import type { BindingOptions, TenantBinding } from './tenantBinding';
import { useLayoutEffectOnClient } from './useLayoutEffectOnClient';

export interface TenantRunnerProps {
  readonly binding: TenantBinding;
  readonly options: BindingOptions;
  readonly target: TenantTarget | null;
}

/**
 * Runs the binding for the tenant of this render. It stands before the provider's children, since React runs the effects
 * of an earlier sibling first: a `refresh()` or `clear()` in an effect of the app then meets the tenant it was rendered for.
 */
export function TenantRunner({ binding, options, target }: TenantRunnerProps): null {
  const identity = target?.identity ?? null;
  const tenantId = target?.tenantId;
  useLayoutEffectOnClient(() => binding.setOptions(options));
  useLayoutEffectOnClient(
    () => binding.run(identity === null ? null : { identity, tenantId }),
    [binding, identity, tenantId],
  );
  return null;
}
