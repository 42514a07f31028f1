import { type ReactElement, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { isUpsolveTenantError, type UpsolveTenantError } from '../../core/errors';
import type { DashboardLabels } from '../dashboardProps';
import { resolveLabels } from '../guard/labels';
import { FRAME, FRAME_BEHIND, FRAME_COVER, FRAME_COVERED, FRAMES, FRAMES_ALONE } from '../guard/looks';
import { ErrorPanel, LoadingPanel } from '../guard/panels';
import { FrameHostContext } from './FrameHost';
import { useFrameMessages } from './frameMessages';
import { type GivenFrameProps, resolveAddress, resolveSrc, type UpsolveDashboardFrameProps } from './frameOptions';
import {
  advance,
  followAddress,
  type FrameSequence,
  getWaitMs,
  noteLoad,
  settle,
  startSequence,
} from './frameSequence';
import { useLayoutEffectOnClient } from '../UpsolveTenantContext';

export type { UpsolveDashboardFrameProps };

/** By then a share page has drawn what it loads after its load event. */
const SETTLE_MS = 2_000;
/** Session replay tools and monitoring know these as "leave out": the URL of a frame holds the token. */
const PRIVATE = 'upsolve-tenant__frame rr-block sentry-block ph-no-capture';

/** Says on the console what is wrong with the props. Not there in production. */
let explainRefusal: ((error: UpsolveTenantError) => void) | undefined;
try {
  if (process.env.NODE_ENV !== 'production') {
    explainRefusal = ({ message }) =>
      // eslint-disable-next-line no-console -- the panel speaks to users; a mistake in the props is its author's to find
      console.error(
        `UpsolveDashboardFrame: ${message}. It takes exactly one of dashboardId, agentId and applicationId, each a text; a baseUrl that is https, or http on this machine; theme 'light', 'dark' or 'system'; settleMs as a number of milliseconds; and never an API key.`,
      );
  }
} catch {
  // A page without a bundler has no process.
}

/**
 * Upsolve's public share page in a frame. A guard gives it its token; alone it takes one as a prop. A newer token loads in
 * a frame behind the running one and then takes its place, without a blank.
 *
 * A wrong option shows the error panel and is explained on the console in development; it is never thrown.
 */
export function UpsolveDashboardFrame(props: UpsolveDashboardFrameProps): ReactElement | null {
  const given: GivenFrameProps = props;
  const labels = useContext(FrameHostContext)?.labels ?? resolveLabels();
  // Not the location's: a window that was opened blank has the origin of its opener.
  const url = resolveAddress(given, globalThis.origin);
  const refusal = isUpsolveTenantError(url) ? url : undefined;
  const explained = useRef<string>(undefined);
  useEffect(() => {
    if (refusal && refusal.message !== explained.current) explainRefusal?.(refusal);
    explained.current = refusal?.message;
  });

  if (typeof given.token !== 'string' || given.token === '') return null;
  if (isUpsolveTenantError(url)) return <ErrorPanel error={url} labels={labels} />;
  // Another page than before doesn't follow it: it replaces it at once.
  return <Frames key={url.origin + url.pathname} {...{ given, url, labels }} />;
}

interface FramesProps {
  given: GivenFrameProps;
  url: URL;
  labels: DashboardLabels;
}

function Frames({ given, url, labels }: FramesProps): ReactElement {
  const { token, settleMs = SETTLE_MS, allow = 'fullscreen; clipboard-write', className = '' } = given;
  const host = useContext(FrameHostContext);
  const root = useRef<HTMLDivElement>(null);
  const frames = useRef(new Map<number, HTMLIFrameElement>());
  const shownId = useRef(0);
  const hadFocus = useRef(false);

  const [kept, setKept] = useState<FrameSequence | null>(null);
  const request = { address: url.href, token, getSrc: resolveSrc };
  const sequence = kept && followAddress(kept, request);
  if (sequence !== kept) setKept(sequence);

  const move = useCallback((step: (sequence: FrameSequence) => FrameSequence): void => {
    const frame = frames.current.get(shownId.current);
    hadFocus.current = frame !== undefined && (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;
    setKept((now) => now && step(now));
  }, []);

  useLayoutEffectOnClient(() => {
    if (!sequence) {
      // Not in a render: one in served markup, or in a view that is still hidden, would load before anyone listens.
      const first = startSequence(request, performance.now());
      setKept((now) => now ?? first);
      return;
    }
    const { running, next, coveredAtMs } = sequence;
    for (const [id, frame] of frames.current) {
      if (id !== running.id && id !== next?.id) frames.current.delete(id);
      // As an attribute of the element: React 18 and 19 write the prop differently.
      frame.toggleAttribute('inert', id !== running.id || coveredAtMs !== null);
    }
    if (shownId.current !== running.id && hadFocus.current) {
      frames.current.get(running.id)?.focus({ preventScroll: true });
    }
    shownId.current = running.id;
  });

  useLayoutEffectOnClient(() => {
    const element = root.current;
    if (!sequence || !element) return;
    const { ownerDocument } = element;
    // In another window that one's timers: they are slowed down by whether it is in view.
    const view = ownerDocument === document ? globalThis : (ownerDocument.defaultView ?? globalThis);
    let timer: number | ReturnType<typeof setTimeout> | undefined;
    const step = (): void => {
      view.clearTimeout(timer);
      const hasEnded = host !== null && host.getUsableMs(sequence.running.token) <= 0;
      const now = { nowMs: performance.now(), settleMs, hasEnded };
      const after = advance(sequence, now);
      const waitMs = getWaitMs(after, now);
      if (after !== sequence) move((newest) => (newest === sequence ? after : newest));
      else if (waitMs !== null) timer = view.setTimeout(step, waitMs);
    };
    step();
    ownerDocument.addEventListener('visibilitychange', step);
    return () => {
      view.clearTimeout(timer);
      ownerDocument.removeEventListener('visibilitychange', step);
    };
  }, [sequence, settleMs, host, move]);

  const onSettled = (id: number): void => move((now) => settle(now, id));
  useFrameMessages({ given, url, host, sequence, root, frames, onSettled });

  const isCovered = sequence?.coveredAtMs !== null;
  return (
    <div
      ref={root}
      className={`upsolve-tenant__frames ${className}`.trim()}
      style={{ ...(host ? FRAMES : FRAMES_ALONE), ...given.style }}
    >
      {[sequence?.running, sequence?.next].map((frame) => {
        if (!frame) return null;
        const isBehind = frame === sequence?.next;
        const isOut = isBehind || isCovered;
        return (
          <iframe
            key={frame.id}
            // Kept while the view is hidden, which takes every ref away.
            ref={(element) => void (element && frames.current.set(frame.id, element))}
            src={frame.src}
            id={isBehind ? undefined : given.id}
            title={given.title ?? labels.title}
            allow={allow}
            sandbox={given.sandbox}
            referrerPolicy="no-referrer"
            className={PRIVATE}
            data-private=""
            aria-hidden={isOut || undefined}
            tabIndex={isOut ? -1 : undefined}
            style={isCovered ? FRAME_COVERED : isBehind ? FRAME_BEHIND : FRAME}
            onLoad={({ currentTarget }) => {
              const nowMs = performance.now();
              move((now) => noteLoad(now, frame.id, nowMs));
              given.onFrameLoad?.(currentTarget);
            }}
          />
        );
      })}
      {isCovered && (
        // The guard has said the same.
        <div role={host ? undefined : 'status'} style={FRAME_COVER}>
          {host ? host.cover : <LoadingPanel text={labels.loading} />}
        </div>
      )}
    </div>
  );
}
