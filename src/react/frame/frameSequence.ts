/** One frame element. Another address, and another attempt at the same one, is another element. */
export interface FrameElement {
  readonly id: number;
  readonly src: string;
  readonly token: string;
  /** When its load event came, in ms of the page's monotonic time; null until then. */
  readonly loadedAt: number | null;
}

/** The frame in view, and the one that loads to follow it. None is in view once the token of the former has ended. */
export interface FrameSequence {
  readonly running: FrameElement | null;
  readonly next: FrameElement | null;
}

export function startSequence(src: string, token: string): FrameSequence {
  return { running: { id: 0, src, token, loadedAt: null }, next: null };
}

/** Another address loads behind the running one; the running one's own again drops whatever was loading. */
export function followAddress(sequence: FrameSequence, src: string, token: string): FrameSequence {
  const { running, next } = sequence;
  const last = next ?? running;
  if (last?.src === src) return sequence;
  if (running?.src === src) return { running, next: null };
  return { running, next: { id: (last?.id ?? 0) + 1, src, token, loadedAt: null } };
}

/** A load event came. */
export function markLoaded(sequence: FrameSequence, id: number, loadedAt: number): FrameSequence {
  const { running, next } = sequence;
  return next?.id === id ? { running, next: { ...next, loadedAt } } : sequence;
}

/** Its load event did not come: the same address anew. */
export function retryNext({ running, next }: FrameSequence): FrameSequence {
  return { running, next: next && { ...next, id: next.id + 1, loadedAt: null } };
}

/** The running frame's token has ended, ready or not. */
export function dropRunning({ running, next }: FrameSequence): FrameSequence {
  return next ? { running: null, next } : { running, next };
}

/** The next frame has settled. */
export function takeOver({ running, next }: FrameSequence): FrameSequence {
  return next ? { running: next, next: null } : { running, next };
}
