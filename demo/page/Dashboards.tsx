import { useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import type { DemoState } from '../contract.ts';
import { FramedPage, type FramedKind } from './FramedPage.tsx';
import { usePrefersDark } from './usePrefersDark.ts';

const KINDS: FramedKind[] = ['Dashboard', 'Chat', 'Application'];

/** The same tenant twice: drawn by a component in this page, and by the hub in a frame. */
export function Dashboards({ hubUrl, dashboardId, isStandIn }: DemoState) {
  const [kind, setKind] = useState<FramedKind>('Dashboard');
  const theme = usePrefersDark() ? 'dark' : 'light';
  return (
    <>
      {isStandIn && (
        <section aria-labelledby="native">
          <div className="section-head">
            <h2 id="native">Native</h2>
            <p>
              <code>UpsolveDashboard</code> as a React component in this page
            </p>
          </div>
          <SecureUpsolveDashboard className="native" dashboardId={dashboardId} title="Native dashboard" theme={theme} />
        </section>
      )}
      <section aria-labelledby="framed">
        <div className="section-head">
          <h2 id="framed">Framed</h2>
          <p>
            <code>UpsolveDashboardFrame</code>, a page of the hub
          </p>
          {isStandIn && (
            <div className="row kinds" role="group" aria-label="What the frame shows">
              {KINDS.map((each) => (
                <button key={each} type="button" aria-pressed={kind === each} onClick={() => setKind(each)}>
                  {each}
                </button>
              ))}
            </div>
          )}
        </div>
        {dashboardId === undefined ? (
          <p className="hint">
            Set <code>UPSOLVE_DASHBOARD_ID</code> to the dashboard to show, and start the demo again.
          </p>
        ) : (
          <FramedPage key={kind} kind={kind} hubUrl={hubUrl} dashboardId={dashboardId} theme={theme} />
        )}
      </section>
    </>
  );
}
