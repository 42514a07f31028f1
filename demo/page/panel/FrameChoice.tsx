import type { FramedKind } from '../dashboard/view.ts';
import type { PanelProps } from './panelProps.ts';

const KINDS: FramedKind[] = ['Dashboard', 'Chat', 'Application'];

export function FrameChoice({ view: { isFramed, kind, search }, onView }: Pick<PanelProps, 'view' | 'onView'>) {
  return (
    <section aria-labelledby="frame">
      <h2 id="frame">What the frame shows</h2>
      <div className="switch" role="group" aria-labelledby="frame">
        {KINDS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={isFramed && kind === each}
            onClick={() => onView({ isFramed: true, kind: each })}
          >
            {each}
          </button>
        ))}
      </div>
      <p className="filters">
        The application’s filters, as this page holds them: <code id="search">{search || 'none'}</code>
      </p>
      <div className="row">
        <button type="button" onClick={() => onView({ search: '?f_period=3&f_region=North' })}>
          Last quarter, north
        </button>
        <button type="button" onClick={() => onView({ search: '' })}>
          No filter
        </button>
      </div>
    </section>
  );
}
