import type { Clock } from './clock';
import type { RequestReason } from './events';
import { canWake, type Plan } from './plan';
import type { RequestTurns } from './requestTurns';
import type { SteadyClock } from './steadyClock';

/** Keeps the one plan of a tenancy. */
export interface Planner {
  readonly get: () => Plan;
  /** A request at a moment of steady time. */
  readonly planAt: (atMs: number, reason: RequestReason, canBePulled?: boolean) => void;
  readonly stop: () => void;
  /** Steady time at which the planned request goes out, its turn included; null where none is planned. */
  readonly getDueAt: () => number | null;
  /** Rule 11: the page woke. What may be asked now is due now. */
  readonly wake: (lastAskedMs: number) => void;
  /** The app is signing in: no wake asks until that settles, and a request is due once it is fulfilled. */
  readonly awaitSignIn: (signIn: PromiseLike<unknown>) => void;
}

export interface PlannerParts {
  readonly clock: Clock;
  readonly now: SteadyClock;
  readonly turns: RequestTurns;
  readonly onChange: () => void;
}

export function createPlanner({ clock, now, turns, onChange }: PlannerParts): Planner {
  let plan: Plan = { kind: 'none' };

  function planAt(atMs: number, reason: RequestReason, canBePulled = false): void {
    plan = { kind: 'due', atMs, at: new Date(clock.now() + atMs - now()), reason, canBePulled };
  }

  return {
    get: () => plan,
    planAt,
    stop() {
      plan = { kind: 'stopped', sinceMs: now(), isSigningIn: false };
    },
    getDueAt() {
      if (plan.kind !== 'due') return null;
      return plan.reason === 'initial' ? plan.atMs : Math.max(plan.atMs, now() + turns.waitMs());
    },
    wake(lastAskedMs) {
      if (canWake(plan, now(), lastAskedMs)) planAt(now(), 'wake');
    },
    awaitSignIn(signIn) {
      if (plan.kind !== 'stopped') return;
      const waiting: Plan = { ...plan, isSigningIn: true };
      plan = waiting;
      // By then the engine may have stopped or turned to another tenant, so it is planned; whoever runs asks.
      const settle = (isSignedIn: boolean): void => {
        if (plan !== waiting) return;
        if (isSignedIn) planAt(now(), 'retry');
        else plan = { ...waiting, isSigningIn: false };
        onChange();
      };
      signIn.then(
        () => settle(true),
        () => settle(false),
      );
    },
  };
}
