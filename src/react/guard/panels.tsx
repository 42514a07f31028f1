import { type ReactElement, type ReactNode, type Ref, useEffect, useReducer, useRef } from 'react';
import type { UpsolveTenantError } from '../../core/errors';
import type { DashboardLabels, ErrorKind } from '../dashboardProps';
import { getErrorKind, getErrorText } from './labels';
import {
  BUTTON,
  BUTTON_QUIET,
  DISMISS,
  ERROR_TEXT,
  ERROR_TITLE,
  ICON,
  NOTICE,
  PANEL,
  PANEL_BODY,
  QUIET,
} from './looks';
import { animate, SEEN_MS } from './motion';

const TURN_MS = 1_100;

export function LoadingPanel({ text }: { text: string }): ReactElement {
  return (
    <Panel>
      <Spinner />
      <span style={QUIET}>{text}</span>
    </Panel>
  );
}

function Panel({ kind = '', children }: { kind?: string; children: ReactNode }): ReactElement {
  return (
    <div className={`upsolve-tenant__panel${kind}`} style={PANEL}>
      <div style={PANEL_BODY}>{children}</div>
    </div>
  );
}

function Spinner(): ReactElement {
  const ref = useRef<SVGSVGElement>(null);
  useEffect(() => {
    let turn: Animation | undefined;
    const timer = setTimeout(() => {
      turn = animate(ref.current, { rotate: ['0deg', '360deg'] }, { duration: TURN_MS, iterations: Infinity });
    }, SEEN_MS);
    return () => {
      clearTimeout(timer);
      turn?.cancel?.();
    };
  }, []);
  return (
    <Drawing svgRef={ref} name="spinner" size={22}>
      <circle cx="12" cy="12" r="10" opacity=".2" />
      <path d="M12 2a10 10 0 0 1 10 10" style={{ stroke: 'var(--upsolve-accent, currentColor)' }} />
    </Drawing>
  );
}

interface DrawingProps {
  svgRef?: Ref<SVGSVGElement>;
  name: string;
  size: number;
  children: ReactNode;
}

/** In a square of 24. By attributes, not styles: so it is one even where a policy strips the styles of served markup. */
function Drawing({ svgRef, name, size, children }: DrawingProps): ReactElement {
  return (
    <svg
      ref={svgRef}
      className={`upsolve-tenant__${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      aria-hidden
      style={ICON}
    >
      {children}
    </svg>
  );
}

const ICONS: Readonly<Record<ErrorKind, string>> = {
  offline: 'M4 4l16 16M3 11a13 13 0 0 1 18 0M12 18h.01',
  session: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  access: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4',
  setup: 'M4 7h16M4 17h16M15 4v6M9 14v6',
  busy: 'M12 4L2 20h20zM12 10v4M12 17h.01',
};

function ErrorIcon({ error }: { error: UpsolveTenantError }): ReactElement {
  return (
    <Drawing name="icon" size={16}>
      <path d={ICONS[getErrorKind(error.code)]} />
    </Drawing>
  );
}

export interface ErrorPanelProps {
  error: UpsolveTenantError;
  labels: DashboardLabels;
  isRefreshing?: boolean;
  /** When it is tried next by itself. */
  nextTry?: ReactNode;
  /** Absent where trying again can't help. */
  retry?: (() => void) | undefined;
  signIn?: ReactNode;
  /** Another guard says the same. */
  isSilent?: boolean;
}

export function ErrorPanel({ error, labels, isRefreshing = false, ...props }: ErrorPanelProps): ReactElement {
  const { nextTry, retry, signIn, isSilent = false } = props;
  const { code, retryable } = error;
  const { tries, noteTry } = useFailedTries(code, isRefreshing);
  return (
    <Panel kind=" upsolve-tenant__panel--error">
      {/* Another element for each try of the user's that failed alike: only so it is said again. The button stays
            outside of it: its changing text would be said as the error. */}
      <div key={tries} role={isSilent && tries === 0 ? undefined : 'alert'}>
        <p className="upsolve-tenant__title" style={ERROR_TITLE}>
          <ErrorIcon error={error} /> {getErrorText(labels.errorTitles, code)}
        </p>
        <p style={ERROR_TEXT}>{getErrorText(labels.errors, code)}</p>
      </div>
      {nextTry}
      {signIn}
      {retry && (
        // Not `disabled`: that would drop the focus of whoever has just pressed it.
        <button
          type="button"
          className="upsolve-tenant__button"
          style={{ ...(retryable ? BUTTON : BUTTON_QUIET), opacity: isRefreshing ? 0.65 : 1 }}
          aria-disabled={isRefreshing}
          onClick={() => {
            if (isRefreshing) return;
            noteTry();
            retry();
          }}
        >
          {isRefreshing ? labels.retrying : labels.retry}
        </button>
      )}
    </Panel>
  );
}

/** How many tries of the user's have ended with the very error that was there before. */
function useFailedTries(code: string, isRefreshing: boolean): { tries: number; noteTry: () => void } {
  const [tries, addTry] = useReducer((count: number) => count + 1, 0);
  const tried = useRef<string>(undefined);
  useEffect(() => {
    if (isRefreshing) return;
    if (tried.current === code) addTry();
    tried.current = undefined;
  }, [code, isRefreshing]);
  return { tries, noteTry: () => void (tried.current = code) };
}

const SECOND = 1_000;

/** Counts down, apart from what is said: that would be said again at each second. */
export function NextTry({ at, now, text }: { at: Date | null; now: () => number; text: string }): ReactElement {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!at) return;
    const timer = setInterval(tick, SECOND);
    return () => clearInterval(timer);
  }, [at]);
  // Its line is kept while it is empty: the button below stays under the pointer.
  return <p style={QUIET}>{at ? text.replace('{time}', formatWait(at.getTime() - now())) : '\u00a0'}</p>;
}

/** The symbols of seconds and minutes are the same in every language. */
function formatWait(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / SECOND));
  return seconds < 60 ? `${seconds}\u00a0s` : `${Math.ceil(seconds / 60)}\u00a0min`;
}

export interface NoticeProps extends Pick<ErrorPanelProps, 'error' | 'labels'> {
  onDismiss: () => void;
}

export function Notice({ error, labels, onDismiss }: NoticeProps): ReactElement {
  return (
    <div className="upsolve-tenant__notice" style={NOTICE}>
      <ErrorIcon error={error} />
      <span>{labels.notice}</span>
      <button
        type="button"
        className="upsolve-tenant__dismiss"
        aria-label={labels.dismiss}
        style={DISMISS}
        onClick={onDismiss}
      >
        ×
      </button>
    </div>
  );
}
