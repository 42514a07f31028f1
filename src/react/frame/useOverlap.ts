import { type Dispatch, type RefObject, type SetStateAction, useCallback, useEffect, useRef } from 'react';
import { TICK_MS } from '../../core/schedule';
import { getActiveElement } from '../handover/attention';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';
import type { OverlapHost } from './FrameHost';
import { dropRunning, type FrameSequence, retryNext, takeOver } from './frameSequence';

export interface OverlapOptions {
  sequence: FrameSequence;
  setSequence: Dispatch<SetStateAction<FrameSequence>>;
  runningRef: RefObject<HTMLIFrameElement | null>;
  nextRef: RefObject<HTMLIFrameElement | null>;
  settleMs: number;
  host: OverlapHost | undefined;
}

/** A load event that has not come by then is not waited for any longer. */
const LOAD_TIMEOUT_MS = 15_000;

/** Moves the sequence on with time. Returns what lets the next frame take over at once. */
export function useOverlap({ sequence, setSequence, runningRef, nextRef, settleMs, host }: OverlapOptions): () => void {
  const { running, next } = sequence;
  const newest = useRef({ settleMs, host });
  const startedAt = useRef<number | null>(null);
  const hadFocus = useRef(false);
  useLayoutEffectOnClient(() => {
    newest.current = { settleMs, host };
  });

  const noteFocus = useCallback(() => {
    const frame = runningRef.current;
    hadFocus.current ||= frame !== null && getActiveElement(frame) === frame;
  }, [runningRef]);
  const finish = useCallback(() => {
    noteFocus();
    setSequence(takeOver);
  }, [noteFocus, setSequence]);

  const runningId = running?.id;
  const nextId = next?.id;
  useLayoutEffectOnClient(() => {
    // As an attribute of the element: React 18 and 19 write the prop differently.
    nextRef.current?.toggleAttribute('inert', true);
    runningRef.current?.toggleAttribute('inert', false);
    const { host } = newest.current;
    const now = performance.now();
    if (nextId !== undefined) {
      startedAt.current ??= now;
      host?.setOverlapping(true);
    } else if (startedAt.current !== null) {
      if (hadFocus.current) runningRef.current?.focus({ preventScroll: true });
      host?.onTakeover(now - startedAt.current);
      hadFocus.current = false;
      startedAt.current = null;
    }
  }, [runningId, nextId, runningRef, nextRef]);
  useLayoutEffectOnClient(() => () => newest.current.host?.setOverlapping(false), []);

  useEffect(() => {
    if (!next) return;
    const { loadedAt } = next;
    const waitsFrom = performance.now();
    const getDueInMs = (): number =>
      (loadedAt === null ? waitsFrom + LOAD_TIMEOUT_MS : loadedAt + newest.current.settleMs) - performance.now();
    let timer: ReturnType<typeof setTimeout>;
    // In short steps: a former token's end is not slept through.
    const arm = (): void => {
      timer = setTimeout(step, Math.min(TICK_MS.visible, Math.max(0, getDueInMs())));
    };
    const step = (): void => {
      const { host } = newest.current;
      if (getDueInMs() <= 0) {
        if (loadedAt === null) setSequence(retryNext);
        else finish();
      } else if (running && host && host.getUsableMs(running.token) <= 0) {
        noteFocus();
        setSequence(dropRunning);
      } else {
        arm();
      }
    };
    arm();
    return () => clearTimeout(timer);
  }, [running, next, setSequence, finish, noteFocus]);

  return finish;
}
