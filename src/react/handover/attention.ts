import type { SteadyClock } from '../../core/steadyClock';

/** What the page knows of its user at one moment. */
export interface Attention {
  /** For how long the page has been hidden; null while it is visible. */
  readonly hiddenMs: number | null;
  /** For how long there has been no pointer, key, wheel or touch. */
  readonly inactiveMs: number;
  /** What the pointer was last seen over. */
  readonly pointedAt: EventTarget | null;
  /** The last input was a touch, which leaves no pointer anywhere. */
  readonly isTouch: boolean;
}

export interface AttentionWatch {
  read(): Attention;
  stop(): void;
}

const INPUTS = ['pointerdown', 'pointermove', 'pointerover', 'keydown', 'wheel', 'touchstart', 'touchmove'] as const;
const PASSIVE = { capture: true, passive: true };

/** Watches the page's input, and calls back when it is hidden or shown. */
export function watchAttention(now: SteadyClock, onVisibility: () => void): AttentionWatch {
  let inputAt = now();
  let hiddenAt = document.visibilityState === 'hidden' ? inputAt : null;
  let pointedAt: EventTarget | null = null;
  let isTouch = false;

  const handleInput = (event: Event): void => {
    inputAt = now();
    isTouch = event.type.startsWith('touch') || (event as PointerEvent).pointerType === 'touch';
    if (event.type.startsWith('pointer')) pointedAt = event.composedPath()[0] ?? null;
  };
  const handleVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      hiddenAt ??= now();
      return;
    }
    // The break is over with the return, but a long one still counts: timers of a hidden page may not have run.
    onVisibility();
    hiddenAt = null;
    inputAt = now();
  };

  for (const type of INPUTS) document.addEventListener(type, handleInput, PASSIVE);
  document.addEventListener('visibilitychange', handleVisibility);
  return {
    read: () => ({
      hiddenMs: hiddenAt === null ? null : now() - hiddenAt,
      inactiveMs: now() - inputAt,
      pointedAt,
      isTouch,
    }),
    stop() {
      for (const type of INPUTS) document.removeEventListener(type, handleInput, PASSIVE);
      document.removeEventListener('visibilitychange', handleVisibility);
    },
  };
}

/**
 * Whether somebody may be using a frame inside `element`. Idleness counts there only if no frame has the focus, the
 * pointer was last seen outside of them all, and the last input was no touch.
 */
export function isFrameInUse(element: Element | null, { pointedAt, isTouch }: Attention): boolean {
  const frames = [...(element?.querySelectorAll('iframe') ?? [])];
  return frames.some((frame) => isTouch || frame === pointedAt || frame === getActiveElement(frame));
}

export function getActiveElement(element: Element): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}
