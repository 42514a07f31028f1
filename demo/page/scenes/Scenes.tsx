import type { DemoSession, DemoSessionChange } from '../../contract.ts';
import type { SceneId } from './scenes.ts';
import { StepList } from './StepList.tsx';
import { useProgress } from './useProgress.ts';
import { useStage } from './useStage.ts';

interface ScenesProps {
  scene: SceneId;
  onScene: (scene: SceneId) => void;
  session: DemoSession;
  tenants: readonly { id: string; name: string }[];
  onChange: (change: Omit<DemoSessionChange, 'tenantId'>) => Promise<void>;
  onTenant: (tenantId: string) => Promise<void>;
}

/** What can happen to a dashboard, to be tried: a button for each cause, its effect in words beside the real one. */
export function Scenes({ scene, onScene, session, tenants, onChange, onTenant }: ScenesProps) {
  const stage = useStage({ onChange, onTenant });
  const { scenes, done, isActing, goOn, leave } = useProgress(scene, stage, session.tenantId, tenants);
  const ids = (Object.keys(scenes) as SceneId[]).filter((id) => id !== 'tenant' || tenants.length > 1);
  const next = scenes[scene].steps[done];

  return (
    <section className="card scenes" aria-labelledby="scenes">
      <h2 id="scenes">What happens when…</h2>
      <div className="switch" role="group" aria-labelledby="scenes">
        {ids.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === scene}
            onClick={() => {
              if (id === scene) return;
              leave();
              onScene(id);
            }}
          >
            {scenes[id].title}
          </button>
        ))}
      </div>
      {/* All of them in one place, of which one is seen: so the place is as high as the longest. */}
      <div className="stack">
        {ids.map((id) => (
          <StepList key={id} steps={scenes[id].steps} done={id === scene ? done : 0} isShown={id === scene} />
        ))}
      </div>
      {/* Not disabled while its effect is awaited: that would drop the focus. */}
      <button type="button" className="go" aria-disabled={isActing} onClick={isActing ? undefined : goOn}>
        {next?.cause ?? 'Once more'}
      </button>
    </section>
  );
}
