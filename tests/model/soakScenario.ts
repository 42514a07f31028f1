import type { Scenario, ServerConfig } from './scenario';
import type { Day } from './soakDays';

/** The same days for the model, whose oracle judges every second of them. */
export function createSoakScenario(
  days: readonly Day[],
  seed: number,
  reuse: ServerConfig['reuse'] = 'never',
): Scenario {
  return {
    seed,
    wallOffsetMs: 0,
    isRead: true,
    carrier: 'plain',
    first: 'a',
    server: {
      lifetimeMs: 3_600_000,
      format: 'jwt',
      time: 'date',
      expiry: 'in',
      hasEcho: true,
      permissions: 'endpoint',
      reuse,
      shape: 'flat',
      ignoresAbort: false,
    },
    app: {
      on: 'nothing',
      does: 'refresh',
      asks: 'endpoint',
      headersMs: null,
      refreshLeadMs: undefined,
      hasInitialTenant: false,
    },
    commands: days.flat(),
  };
}
