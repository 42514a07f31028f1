import { useTokenRefresh } from 'react-upsolve-tenant';
import type { FaultKind, Faults } from '../../contract.ts';
import { demoClock } from '../demoClock.ts';
import type { PanelProps } from './panelProps.ts';

const KINDS: Record<FaultKind, string> = {
  server: '503 from the backend',
  network: 'connection cut',
  rate_limited: '429, with Retry-After',
  unauthenticated: '401, session lost',
  forbidden: '403, not allowed',
  invalid_api_key: '401, API key refused',
};

export function Commands({ session: { faults }, onChange }: Pick<PanelProps, 'session' | 'onChange'>) {
  const { refresh, expiresAt } = useTokenRefresh();
  const change = (next: Partial<Faults>): Promise<void> => onChange({ faults: next });
  // How it went is in the state and the log; a rejection may be ignored.
  const askNow = (): void => void refresh();

  return (
    <section aria-labelledby="commands">
      <h2 id="commands">Make it happen</h2>
      <div className="commands">
        <button type="button" onClick={askNow}>
          Refresh now
        </button>
        <button
          type="button"
          title="Moves this page’s clock past the token’s end, as sleep does"
          disabled={!expiresAt}
          onClick={() => expiresAt && demoClock.moveBy(expiresAt.getTime() - demoClock.now())}
        >
          Expire now
        </button>
        <button
          type="button"
          title="Asks for a token at once; the backend fails that request"
          onClick={() => void change({ failNext: 1 }).then(askNow)}
        >
          Fail next
        </button>
      </div>
      <div className="checks">
        <label>
          <input
            type="checkbox"
            checked={faults.isSlow}
            onChange={(event) => void change({ isSlow: event.target.checked })}
          />
          Go slow (3 s an answer)
        </label>
        <label>
          <input
            type="checkbox"
            checked={faults.isFailing}
            onChange={(event) => void change({ isFailing: event.target.checked, failNext: 0 })}
          />
          Fail until told otherwise
        </label>
      </div>
      <label className="setting">
        Failures are
        <select value={faults.kind} onChange={(event) => void change({ kind: event.target.value as FaultKind })}>
          {Object.entries(KINDS).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
