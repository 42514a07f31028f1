import type { UpsolveTenantStatus } from 'react-upsolve-tenant';
import type { Faults } from '../../contract.ts';

export type SceneId = 'sleep' | 'failure' | 'tenant';

/** What a scene can do. */
export interface Stage {
  /** Changes how the backend answers; fulfilled once it has taken that over. */
  answer: (faults: Partial<Faults>) => Promise<void>;
  /** Asks for a token; true where one came. */
  refresh: () => Promise<boolean>;
  /** Moves the page's clock, as sleep does: past the token's end, and by this much at least. */
  sleep: (leastMs: number) => void;
  /** How long the token in use is still good. */
  leftMs: () => number;
  switchTenant: (tenantId: string) => Promise<void>;
}

/** What the page shows of the provider. */
export interface Seen {
  status: UpsolveTenantStatus;
  hasFailed: boolean;
  tenantId: string;
}

interface Tenant {
  id: string;
  name: string;
}

/** Whom a scene is about: who is signed in as it begins, and who comes after. */
export interface Cast {
  tenant: Tenant;
  next: Tenant;
}

export interface Step {
  /** What the visitor does: the words of the button, and of the list. */
  cause: string;
  act: (stage: Stage) => Promise<void>;
  /** What follows, said from the moment it is so. */
  effect: string;
  isSo: (seen: Seen) => boolean;
}

export interface Scene {
  title: string;
  steps: readonly Step[];
}

const HOUR_MS = 3_600_000;
/** Time enough to read what is said of a token that is still good. */
const READING_MS = 20_000;

export const UNSPOILT: Partial<Faults> = { isHeld: false, isFailing: false, failNext: 0 };

/** Whatever was done before: a dashboard stands there, and its token is good for this long. */
async function setUp(stage: Stage, leastMs: number): Promise<void> {
  await stage.answer(UNSPOILT);
  if (stage.leftMs() < leastMs) await stage.refresh();
}

const letAnswer = (stage: Stage): Promise<void> => stage.answer({ isHeld: false });

/** Each step waits for its button, and its words for what they say: nothing here goes by a timer. */
export function createScenes({ tenant, next }: Cast): Record<SceneId, Scene> {
  return {
    sleep: {
      title: 'A laptop sleeps',
      steps: [
        {
          cause: 'Close the lid for an hour',
          act: async (stage) => {
            await setUp(stage, 1);
            await stage.answer({ isHeld: true });
            stage.sleep(HOUR_MS);
          },
          effect: 'The token ended meanwhile. The dashboard has gone, and a new token is asked for.',
          isSo: ({ status }) => status === 'expired',
        },
        {
          cause: 'Let the backend answer',
          act: letAnswer,
          effect: 'A new token came, and the dashboard loads with it. Nobody had to sign in or reload.',
          isSo: ({ status }) => status === 'ready',
        },
      ],
    },
    failure: {
      title: 'The backend fails',
      steps: [
        {
          cause: 'Stop the backend',
          act: async (stage) => {
            await setUp(stage, READING_MS);
            await stage.answer({ kind: 'server', isFailing: true });
            await stage.refresh();
          },
          effect: 'A refresh failed. The token is still good, so the dashboard stays, with a small notice.',
          isSo: ({ status, hasFailed }) => status === 'ready' && hasFailed,
        },
        {
          cause: 'Let the token run out',
          act: async (stage) => stage.sleep(0),
          effect: 'No token, no dashboard: the reason stands there instead, and the page goes on trying.',
          isSo: ({ status }) => status === 'error',
        },
        {
          cause: 'Start the backend and try again',
          act: async (stage) => {
            await stage.answer(UNSPOILT);
            // The first may join an attempt that had begun before.
            if (!(await stage.refresh())) await stage.refresh();
          },
          effect: 'The next try brought a token, and the dashboard is back.',
          isSo: ({ status, hasFailed }) => status === 'ready' && !hasFailed,
        },
      ],
    },
    tenant: {
      title: 'Another tenant',
      steps: [
        {
          cause: `Switch to ${next.name}`,
          act: async (stage) => {
            await stage.answer({ ...UNSPOILT, isHeld: true });
            await stage.switchTenant(next.id);
          },
          effect: `${tenant.name}’s dashboard and token went in the same frame. ${next.name}’s token is asked for.`,
          isSo: ({ status, tenantId }) => status === 'loading' && tenantId === next.id,
        },
        {
          cause: 'Let the backend answer',
          act: letAnswer,
          effect: `${next.name}’s token came, and its dashboard loads. Another tenant’s token would be refused.`,
          isSo: ({ status, tenantId }) => status === 'ready' && tenantId === next.id,
        },
      ],
    },
  };
}
