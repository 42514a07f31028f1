import { useTokenRefresh } from 'react-upsolve-tenant';
import type { DemoSessionChange } from '../../contract.ts';
import { demoClock } from '../demoClock.ts';
import type { Stage } from './scenes.ts';

interface StageOptions {
  onChange: (change: Omit<DemoSessionChange, 'tenantId'>) => Promise<void>;
  onTenant: (tenantId: string) => Promise<void>;
}

export function useStage({ onChange, onTenant }: StageOptions): Stage {
  const { refresh, expiresAt } = useTokenRefresh();
  const leftMs = (): number => (expiresAt ? expiresAt.getTime() - demoClock.now() : 0);
  return {
    answer: (faults) => onChange({ faults }),
    refresh: () =>
      refresh().then(
        () => true,
        // Why is in the state and the log.
        () => false,
      ),
    sleep: (leastMs) => demoClock.moveBy(Math.max(leastMs, leftMs())),
    leftMs,
    switchTenant: onTenant,
  };
}
