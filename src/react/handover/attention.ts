/** What a document knows of its user at one moment. */
export interface Attention {
  /** For how long the document has been hidden; null while it is visible. */
  readonly hiddenMs: number | null;
  /** For how long there has been no input. */
  readonly inactiveMs: number;
  /** Somebody may be using what is inside the element, though no input of theirs is seen here. */
  readonly isInUse: boolean;
}

/** Pointer, key, wheel, touch and scroll, and text that is entered without keys: dictation, input methods, drops. */
const INPUTS = [
  ...['pointerdown', 'pointermove', 'pointerover', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll'],
  ...['beforeinput', 'input', 'compositionupdate', 'drop'],
] as const;
const PASSIVE = { capture: true, passive: true };

type WebkitDocument = Document & { readonly webkitFullscreenElement?: Element | null };

/** Where a page can't say whether it is seen, it is. */
export function isHidden(page: Document): boolean {
  try {
    return page.visibilityState === 'hidden';
  } catch {
    return false;
  }
}

/** Watches the document that an element stands in, which may be another window's, and calls back when it is shown. */
export function watchAttention(
  element: Element,
  now: () => number,
  onShown: () => void,
): { readonly read: () => Attention; readonly stop: () => void } {
  const { ownerDocument } = element;
  let inputAt = now();
  let hiddenAt = isHidden(ownerDocument) ? inputAt : null;
  let pointedAt: EventTarget | null = null;
  let isTouch = false;

  const handleInput = (event: Event): void => {
    inputAt = now();
    if (event.type.startsWith('touch')) isTouch = true;
    if (!event.type.startsWith('pointer')) return;
    isTouch = (event as PointerEvent).pointerType === 'touch';
    pointedAt = event.composedPath()[0] ?? null;
  };
  const handleVisibility = (): void => {
    if (isHidden(ownerDocument)) {
      hiddenAt ??= now();
      return;
    }
    // The break is over with the return, but a long one still counts: timers of a hidden page may not have run.
    onShown();
    hiddenAt = null;
    inputAt = now();
  };

  for (const type of INPUTS) ownerDocument.addEventListener(type, handleInput, PASSIVE);
  ownerDocument.addEventListener('visibilitychange', handleVisibility);

  /** Over a frame the page sees no input: idleness counts only if no frame has the focus or was pointed at last. */
  function isInUse(): boolean {
    // Safari before 16.4 has it by its own name.
    const { fullscreenElement, webkitFullscreenElement } = ownerDocument as WebkitDocument;
    const full = fullscreenElement ?? webkitFullscreenElement;
    if (full && (full.contains(element) || element.contains(full))) return true;
    const { activeElement } = element.getRootNode() as Document | ShadowRoot;
    const frames = [...element.querySelectorAll('iframe')];
    return frames.some((frame) => isTouch || frame === pointedAt || frame === activeElement);
  }

  return {
    read: () => ({
      hiddenMs: hiddenAt === null ? null : now() - hiddenAt,
      inactiveMs: now() - inputAt,
      isInUse: isInUse(),
    }),
    stop() {
      for (const type of INPUTS) ownerDocument.removeEventListener(type, handleInput, PASSIVE);
      ownerDocument.removeEventListener('visibilitychange', handleVisibility);
    },
  };
}
