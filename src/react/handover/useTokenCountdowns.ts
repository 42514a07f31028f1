import { useMemo, useRef } from 'react';
import type { Clock } from '../../core/clock';
import { guardMs } from '../../core/schedule';
import { createSteadyClock } from '../../core/steadyClock';
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

export function useTokenCountdowns(held: HeldTenant | null, clock: Clock): TokenCountdowns {
  const countdowns = useRef<readonly Countdown[]>([]);
  useLayoutEffectOnClient(() => {
    const [newest] = countdowns.current;
    if (!held) countdowns.current = [];
    else if (held.tenant.token !== newest?.token || held.tenant.expiresAt !== newest.expiresAt) {
      const others = countdowns.current.filter(({ token }) => token !== held.tenant.token);
      countdowns.current = [startCountdown(held, clock), ...others].slice(0, KEPT);
    }
  }, [held, clock]);

  return useMemo(() => {
    const find = (token: string): Countdown | undefined => countdowns.current.find((entry) => entry.token === token);
    const getLeftMs = (token: string): number => find(token)?.getLeftMs() ?? 0;
    return { getLeftMs, getUsableMs: (token) => getLeftMs(token) - (find(token)?.guardMs ?? 0) };
  }, []);
}

/** The steady clock, not the wall's: a clock that is set back must not prolong a token. */
function startCountdown({ tenant, lifeMs }: HeldTenant, clock: Clock): Countdown {
  const startMs = tenant.expiresAt.getTime() - clock.now();
  const passed = createSteadyClock(clock);
  const { token, expiresAt } = tenant;
  return { token, expiresAt, guardMs: guardMs(lifeMs), getLeftMs: () => startMs - passed() };
}
