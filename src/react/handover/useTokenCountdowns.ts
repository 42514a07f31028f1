import { useMemo, useRef } from 'react';
import type { Clock } from '../../core/clock';
import { guardMs } from '../../core/schedule';
import { createSteadyClock } from '../../core/steadyClock';
import type { UpsolveTenant } from '../../core/tenant';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';
import type { HeldTenant } from './heldTenant';

/** What the tokens of one dashboard have left. The engine watches the newest one only; here is the one before, too. */
export interface TokenCountdowns {
  readonly getLeftMs: (token: string) => number;
  /** The same less the guard that is taken off once: for so long it may be on screen. */
  readonly getUsableMs: (token: string) => number;
}

interface Countdown {
  readonly token: string;
  readonly expiresAt: Date;
  readonly guardMs: number;
  readonly getLeftMs: () => number;
}

/** The running one, the one before, and one that was handed over while those two overlapped. */
const KEPT = 3;

export function useTokenCountdowns(
  held: HeldTenant | null,
  newest: UpsolveTenant | null,
  clock: Clock,
): TokenCountdowns {
  const countdowns = useRef<readonly Countdown[]>([]);
  const begun = useRef(new WeakMap<Date, () => number>());
  useLayoutEffectOnClient(() => {
    // From the moment it is there, though it may wait: the clock could be set before its handover.
    if (newest && !begun.current.has(newest.expiresAt)) begun.current.set(newest.expiresAt, countDown(newest, clock));
    const [running] = countdowns.current;
    if (!held) countdowns.current = [];
    else if (held.tenant.token !== running?.token || held.tenant.expiresAt !== running.expiresAt) {
      const { token, expiresAt } = held.tenant;
      const others = countdowns.current.filter((entry) => entry.token !== token);
      const getLeftMs = begun.current.get(expiresAt) ?? countDown(held.tenant, clock);
      countdowns.current = [{ token, expiresAt, guardMs: guardMs(held.lifeMs), getLeftMs }, ...others].slice(0, KEPT);
    }
  }, [held, newest, clock]);

  return useMemo(() => {
    const find = (token: string): Countdown | undefined => countdowns.current.find((entry) => entry.token === token);
    const getLeftMs = (token: string): number => find(token)?.getLeftMs() ?? 0;
    return { getLeftMs, getUsableMs: (token) => getLeftMs(token) - (find(token)?.guardMs ?? 0) };
  }, []);
}

/** The steady clock, not the wall's: a clock that is set back must not prolong a token. */
function countDown({ expiresAt }: UpsolveTenant, clock: Clock): () => number {
  const startMs = expiresAt.getTime() - clock.now();
  const passed = createSteadyClock(clock);
  return () => startMs - passed();
}
