import type { RefObject } from 'react';
import type { DemoState } from '../../contract.ts';
import { LifeLine } from './LifeLine.tsx';
import { ShownDashboard } from './ShownDashboard.tsx';
import type { View, ViewChange } from './view.ts';

interface DashboardSectionProps {
  state: DemoState;
  view: View;
  onView: ViewChange;
  /** Takes the focus after a sign-in. */
  heading: RefObject<HTMLHeadingElement | null>;
}

const WAYS = [
  { text: 'Native', isFramed: false, hint: 'A React component in this page' },
  { text: 'Frame', isFramed: true, hint: 'A page of Upsolve’s in an iframe' },
];

/** The dashboard in a box that keeps its height, whatever stands in it. */
export function DashboardSection({ state, view, onView, heading }: DashboardSectionProps) {
  return (
    <section className="dashboard" aria-labelledby="dashboard">
      <div className="head">
        <h2 id="dashboard" tabIndex={-1} ref={heading}>
          Dashboard
        </h2>
        <LifeLine />
        {state.isStandIn && (
          <div className="switch" role="group" aria-label="How it is embedded">
            {WAYS.map(({ text, isFramed, hint }) => (
              <button
                key={text}
                type="button"
                title={hint}
                aria-pressed={view.isFramed === isFramed}
                onClick={() => onView({ isFramed })}
              >
                {text}
              </button>
            ))}
          </div>
        )}
      </div>
      <div className="box">
        <ShownDashboard state={state} view={view} onView={onView} />
      </div>
    </section>
  );
}
