import { useSyncExternalStore } from 'react';
import { describeEvent } from '../describeEvent.ts';
import { eventLog } from '../eventLog.ts';

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What `onEvent` told: fit for a real log, for it holds no token, URL or name. */
export function EventLog() {
  const lines = useSyncExternalStore(eventLog.subscribe, eventLog.getLines);
  return (
    <section aria-labelledby="log">
      <h2 id="log">Log</h2>
      <ol className="log" tabIndex={0} aria-labelledby="log">
        {lines.map(({ key, at, event }) => (
          <li key={key} data-type={event.type}>
            <time>{time.format(at)}</time> {describeEvent(event)}
          </li>
        ))}
      </ol>
    </section>
  );
}
