import { type ReactElement, useEffect, useRef } from 'react';

const TURN_MS = 1_100;

/** It turns by the Web Animations API, which needs no stylesheet; where less motion is wanted, it stands still. */
export function Spinner(): ReactElement {
  const ref = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return;
    const turn = ref.current?.animate?.({ rotate: ['0deg', '360deg'] }, { duration: TURN_MS, iterations: Infinity });
    return () => turn?.cancel();
  }, []);
  // Attributes, not styles: so it is a spinner even where a policy strips the styles of server-rendered markup.
  return (
    <svg
      ref={ref}
      className="upsolve-tenant__spinner"
      width="28"
      height="28"
      viewBox="0 0 28 28"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="14" cy="14" r="12" opacity=".2" />
      <path d="M14 2a12 12 0 0 1 12 12" style={{ stroke: 'var(--upsolve-accent, currentColor)' }} />
    </svg>
  );
}
