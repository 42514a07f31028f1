import type { ReactElement } from 'react';
import type { DashboardLabels, ErrorFallbackProps } from '../dashboardProps';
import { BUTTON, BUTTON_BUSY, ERROR_TEXT, ERROR_TITLE, PANEL } from './looks';

export interface ErrorPanelProps extends Pick<ErrorFallbackProps, 'error' | 'isRefreshing'> {
  labels: DashboardLabels;
  /** Absent where trying again can't help. */
  retry?: (() => void) | undefined;
}

export function ErrorPanel({ error, labels, isRefreshing, retry }: ErrorPanelProps): ReactElement {
  return (
    <div className="upsolve-tenant__panel upsolve-tenant__panel--error" style={PANEL}>
      {/* The button stays outside of the alert: its changing text would announce the error again. */}
      <div role="alert">
        <p className="upsolve-tenant__title" style={ERROR_TITLE}>
          {labels.errorTitle}
        </p>
        <p style={ERROR_TEXT}>{labels.errors[error.code] ?? labels.errors.default}</p>
      </div>
      {retry && (
        // Not `disabled`: that would drop the focus of whoever has just pressed it.
        <button
          type="button"
          className="upsolve-tenant__button"
          style={isRefreshing ? BUTTON_BUSY : BUTTON}
          aria-disabled={isRefreshing}
          onClick={isRefreshing ? undefined : retry}
        >
          {isRefreshing ? labels.retrying : labels.retry}
        </button>
      )}
    </div>
  );
}
