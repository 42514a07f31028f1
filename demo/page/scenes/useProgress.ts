import { useState } from 'react';
import { useUpsolveTenant } from 'react-upsolve-tenant';
import { createScenes, type Cast, type Scene, type SceneId, type Stage, UNSPOILT } from './scenes.ts';

interface Tenant {
  id: string;
  name: string;
}

interface Progress {
  cast: Cast;
  /** How many steps have had their effect. */
  done: number;
  /** The cause is there, its effect not yet. */
  isActing: boolean;
}

export interface SceneProgress extends Pick<Progress, 'done' | 'isActing'> {
  scenes: Record<SceneId, Scene>;
  /** The next step's cause; the first again after the last. */
  goOn: () => void;
  /** Back before the first step. */
  leave: () => void;
}

/** Where the visitor is in a scene. A step is over in the same render in which the guard shows its effect. */
export function useProgress(id: SceneId, stage: Stage, tenantId: string, tenants: readonly Tenant[]): SceneProgress {
  const { status, error } = useUpsolveTenant();
  const [kept, setProgress] = useState(() => begin(tenantId, tenants));
  let progress = kept;

  // Signed in elsewhere, or switched by hand: the words would name the wrong tenants.
  const { cast } = progress;
  const hasBegun = progress.done > 0 || progress.isActing;
  const isKnown = tenantId === cast.tenant.id || (hasBegun && id === 'tenant' && tenantId === cast.next.id);
  if (!isKnown) progress = begin(tenantId, tenants);

  const scenes = createScenes(progress.cast);
  const { steps } = scenes[id];
  const step = steps[progress.done];
  if (progress.isActing && step?.isSo({ status, hasFailed: error !== undefined, tenantId })) {
    progress = { ...progress, done: progress.done + 1, isActing: false };
  }
  if (progress !== kept) setProgress(progress);

  return {
    scenes,
    done: progress.done,
    isActing: progress.isActing,
    goOn: () => {
      if (!step) return setProgress(begin(tenantId, tenants));
      setProgress({ ...progress, isActing: true });
      // Where the demo's own backend is gone, nothing follows: the button is to be had again.
      step.act(stage).catch(() => setProgress((now) => ({ ...now, isActing: false })));
    },
    leave: () => {
      if (hasBegun) void stage.answer(UNSPOILT);
      setProgress(begin(tenantId, tenants));
    },
  };
}

function begin(tenantId: string, tenants: readonly Tenant[]): Progress {
  const index = tenants.findIndex(({ id }) => id === tenantId);
  const tenant = tenants[index]!;
  return { cast: { tenant, next: tenants[(index + 1) % tenants.length]! }, done: 0, isActing: false };
}
