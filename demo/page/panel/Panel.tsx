import { useState } from 'react';
import { Commands } from './Commands.tsx';
import { EventLog } from './EventLog.tsx';
import { FrameChoice } from './FrameChoice.tsx';
import type { PanelProps } from './panelProps.ts';
import { Status } from './Status.tsx';
import { Switches } from './Switches.tsx';

export function Panel({ session, onChange, view, onView, isStandIn }: PanelProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="card panel" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Every button, state and event</summary>
      {isOpen && (
        <div className="parts">
          <Commands session={session} onChange={onChange} />
          <Status />
          <Switches {...{ session, onChange, view, onView }} />
          {isStandIn && <FrameChoice view={view} onView={onView} />}
          <EventLog />
        </div>
      )}
    </details>
  );
}
