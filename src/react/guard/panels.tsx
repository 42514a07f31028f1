import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import type { UpsolveTenantError } from '../../core/errors';
import type { RefreshProgress } from '../../core/snapshot';
import type { DashboardLabels } from '../dashboardProps';
import { getErrorText } from './labels';
import { BUTTON, BUTTON_BUSY, ERROR_TEXT, ERROR_TITLE, NOTICE, PANEL } from './looks';

const TURN_MS = 1_100;
/** A dashboard that is there by then costs no animation, which would force a layout of the page. */
const TURN_AFTER_MS = 100;

export function LoadingPanel({ text }: { text: string }): ReactElement {
  return (
    <div className="upsolve-tenant__panel" style={PANEL}>
      <Spinner />
      <span>{text}</span>
    </div>
  );
}

/** It turns by the Web Animations API, which needs no stylesheet; where less motion is wanted, it stands still. */
function Spinner(): ReactElement {
  const ref = useRef<SVGSVGElement>(null);
  useEffect(() => {
    let turn: Animation | undefined;
    const timer = setTimeout(() => {
      try {
        if (globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return;
        turn = ref.current?.animate?.({ rotate: ['0deg', '360deg'] }, { duration: TURN_MS, iterations: Infinity });
      } catch {
        // Then it stands still.
      }
    }, TURN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      turn?.cancel?.();
    };
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

export interface ErrorPanelProps {
  error: UpsolveTenantError;
  labels: DashboardLabels;
  progress?: Pick<RefreshProgress, 'isRefreshing' | 'nextAttemptAt'> | undefined;
  /** Absent where trying again can't help. */
  retry?: (() => void) | undefined;
  signIn?: ReactNode;
}

export function ErrorPanel({ error, labels, progress, retry, signIn }: ErrorPanelProps): ReactElement {
  const isBusy = progress?.isRefreshing === true;
  return (
    <div className="upsolve-tenant__panel upsolve-tenant__panel--error" style={PANEL}>
      {/* The button stays outside of the alert: its changing text would announce the error again. */}
      <div role="alert">
        <p className="upsolve-tenant__title" style={ERROR_TITLE}>
          {getErrorText(labels.errorTitles, error.code)}
        </p>
        <p style={ERROR_TEXT}>{getErrorText(labels.errors, error.code)}</p>
      </div>
      {signIn}
      {retry && (
        // Not `disabled`: that would drop the focus of whoever has just pressed it.
        <button
          type="button"
          className="upsolve-tenant__button"
          style={isBusy ? BUTTON_BUSY : BUTTON}
          aria-disabled={isBusy}
          onClick={isBusy ? undefined : retry}
        >
          {isBusy ? labels.retrying : labels.retry}
        </button>
      )}
    </div>
  );
}

export function Notice({ text }: { text: string }): ReactElement {
  return (
    <p className="upsolve-tenant__notice" style={NOTICE}>
      {text}
    </p>
  );
}
