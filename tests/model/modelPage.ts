import type { TenantSnapshot, UpsolveTenant } from '../../src/core/snapshot';
import type { TargetName } from './scenario';

/** A page under test: the engine alone, or the rendered tree. */
export interface ModelPage {
  switchTo(target: TargetName, isTransition: boolean): void | Promise<void>;
  setVisible(isVisible: boolean): void;
  /** A focus, an `online`, a `resume`: whatever says that time may have passed. */
  wake(): void;
  enterCache(): void;
  leaveCache(): void;
  /** It can stop and start again; a tree needs React's Activity for that. */
  readonly canRest: boolean;
  /** Runs no more and may run again, with the token it holds. */
  stop(): void;
  start(): void;
  /** Ends it for good. */
  destroy(): void;
  refresh(): Promise<UpsolveTenant>;
  retry(): void;
  clear(): void;
  clearElsewhere(): void;
  /** What holds now. */
  getSnapshot(): TenantSnapshot;
  /** What its components were told last, which may be older. */
  getPublished(): TenantSnapshot;
  /** What is on screen: tokens with their permissions. */
  getShown(): readonly { token: string; permissions: Readonly<Record<string, boolean>> }[];
  /** A tree shows what its engine says only when React has rendered it. */
  readonly kind: 'engine' | 'tree';
}
