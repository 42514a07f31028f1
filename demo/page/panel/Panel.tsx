import { Commands } from './Commands.tsx';
import { EventLog } from './EventLog.tsx';
import type { PanelProps } from './panelProps.ts';
import { Status } from './Status.tsx';
import { Switches } from './Switches.tsx';

export function Panel({ session, onChange, handover, onHandover }: PanelProps) {
  return (
    <aside aria-label="What the provider does">
      <Status />
      <Commands session={session} onChange={onChange} />
      <Switches session={session} onChange={onChange} handover={handover} onHandover={onHandover} />
      <EventLog />
    </aside>
  );
}
