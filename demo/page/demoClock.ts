import type { Clock } from 'react-upsolve-tenant';

let aheadMs = 0;

/** The page's clock, which can be moved: to the engine it is as if the machine had slept and been woken. */
export const demoClock: Clock & { moveBy(ms: number): void; aheadMs(): number } = {
  now: () => Date.now() + aheadMs,
  monotonicNow: () => performance.now() + aheadMs,
  random: () => Math.random(),
  moveBy: (ms) => {
    aheadMs += ms;
    // As a browser says it. Until somebody is told, a part of the page that renders meanwhile knows more than the others.
    document.dispatchEvent(new Event('resume'));
  },
  aheadMs: () => aheadMs,
};
