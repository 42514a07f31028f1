import { TICK_MS } from '../../core/schedule';

/** One iframe. Another address is another element, so no running frame reloads and the history gets no entry. */
export interface FrameElement {
  readonly id: number;
  /** What was asked for. `src` is what it was at that moment, and stays. */
  readonly address: string;
  readonly src: string;
  readonly token: string;
  /** When its latest load event came, in ms of the page's monotonic time; null until then. */
  readonly loadedAtMs: number | null;
}

/** The frame that runs, and the one that loads behind it to follow it. */
export interface FrameSequence {
  readonly running: FrameElement;
  readonly next: FrameElement | null;
  /** Since when the first load is covered, in ms of the page's monotonic time; null once it is uncovered. */
  readonly coveredAtMs: number | null;
}

/** What a new element is made of. */
export type FrameRequest = Pick<FrameElement, 'address' | 'token'> & { readonly getSrc: (address: string) => string };

/** The moment, and what holds at it. */
export interface Circumstances {
  readonly nowMs: number;
  readonly settleMs: number;
  /** Whether the running frame may not be seen any longer. */
  readonly hasEnded: boolean;
}

/** A first load that nothing is heard of is shown as it is by then: whatever it is, it isn't a spinner for ever. */
const LONGEST_COVER_MS = 60_000;

export function startSequence(request: FrameRequest, nowMs: number): FrameSequence {
  return { running: createElement(0, request), next: null, coveredAtMs: nowMs };
}

/** Another address loads behind the running frame; the running one's own drops whatever was loading. */
export function followAddress(sequence: FrameSequence, request: FrameRequest): FrameSequence {
  const { running, next } = sequence;
  const newest = next ?? running;
  if (newest.address === request.address) return sequence;
  if (running.address === request.address) return { ...sequence, next: null };
  return { ...sequence, next: createElement(newest.id + 1, request) };
}

/** A load event. A page that moves on by itself has another one, and settles after that. */
export function noteLoad(sequence: FrameSequence, id: number, nowMs: number): FrameSequence {
  const { next, coveredAtMs } = sequence;
  // With nothing in view yet there is no blank to avoid.
  if (next?.id !== id || coveredAtMs !== null) return settle(sequence, id);
  return { ...sequence, next: { ...next, loadedAtMs: nowMs } };
}

/** A frame has drawn itself, or never will. */
export function settle(sequence: FrameSequence, id: number): FrameSequence {
  const { running, next, coveredAtMs } = sequence;
  if (next?.id === id) return { running: next, next: null, coveredAtMs: null };
  return running.id === id && coveredAtMs !== null ? { ...sequence, coveredAtMs: null } : sequence;
}

/** What has become due by now. A load is never started over: it takes what it takes, and a late one counts. */
export function advance(sequence: FrameSequence, { nowMs, settleMs, hasEnded }: Circumstances): FrameSequence {
  const { running, next, coveredAtMs } = sequence;
  const isDue = nowMs >= getDueAtMs(sequence, settleMs);
  if (next && (hasEnded || (isDue && coveredAtMs === null))) return settle(sequence, next.id);
  return isDue ? settle(sequence, running.id) : sequence;
}

/**
 * How long until something may be due, in ms; null where nothing is awaited. Never longer than a tick: the end of the
 * running token isn't slept through.
 */
export function getWaitMs(sequence: FrameSequence, { nowMs, settleMs }: Circumstances): number | null {
  if (!sequence.next && sequence.coveredAtMs === null) return null;
  return Math.min(TICK_MS.visible, getDueAtMs(sequence, settleMs) - nowMs);
}

/** When the cover goes at the latest, or the next frame has settled. */
function getDueAtMs({ next, coveredAtMs }: FrameSequence, settleMs: number): number {
  if (coveredAtMs !== null) return coveredAtMs + LONGEST_COVER_MS;
  return next?.loadedAtMs == null ? Infinity : next.loadedAtMs + settleMs;
}

function createElement(id: number, { address, token, getSrc }: FrameRequest): FrameElement {
  return { id, address, src: getSrc(address), token, loadedAtMs: null };
}
