import type { EngineOptions } from '../../src/core/engine';
import type { Clock } from '../../src/core/schedule';
import type { ModelPage } from './modelPage';
import type { ModelServer } from './modelServer';
import type { Oracle } from './oracle';
import type { Scenario, TargetName } from './scenario';
import type { World } from './world';

export interface PageParts {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly first: TargetName;
  readonly options: EngineOptions;
  readonly onChange: () => void;
  /** A render, committed or not, that wants this tenant and holds that token. */
  readonly onRender: (wanted: TargetName, token: string) => void;
}

export type CreatePage = (parts: PageParts) => ModelPage | Promise<ModelPage>;

/** One scenario under way: everything that its commands and the app's callbacks may touch. */
export interface ModelRun {
  readonly scenario: Scenario;
  readonly world: World;
  readonly oracle: Oracle;
  readonly server: ModelServer;
  /** Undefined until it has begun. */
  page: ModelPage | undefined;
  /** Calls of headers() that have not settled. */
  openHeaders: number;
  /** A callback of the app is running. */
  isInside: boolean;
  /** Whom the page was left with: what happens to its props while it is away and is undone before it is back never was. */
  leftWith: TargetName | undefined;
  /** Without any event time has passed: until the next tick the screen may be behind. */
  unnoticedSinceMs: number;
  /** Since when nothing is asked by itself; null while something is. */
  stoppedSinceMs: number | null;
  readonly refreshes: Set<{ readonly sinceMs: number }>;
  /** Makes the page; it begins to run. */
  readonly begin: (hasInitialTenant: boolean) => Promise<void>;
  /** Looks at once at what holds now. */
  readonly judge: () => void;
  /** Runs a judgement; its fault ends the run, and not the code of the page that it is called from. */
  readonly attempt: (judgement: () => void) => void;
}
