import { type CSSProperties, type ReactElement, useContext, useRef, useState } from 'react';
import { FRAME, FRAME_BEHIND, FRAME_COVER, FRAME_COVERED, FRAMES, FRAMES_ALONE } from '../guard/looks';
import { FrameHostContext } from './FrameHost';
import { followAddress, markLoaded, startSequence } from './frameSequence';
import { addToken } from './frameUrl';
import { useEmbedMessages } from './useEmbedMessages';
import { useOverlap } from './useOverlap';

export interface FrameStackProps {
  /** The address without its token. */
  url: URL;
  token: string;
  title: string;
  settleMs: number;
  onFrameLoad: ((frame: HTMLIFrameElement) => void) | undefined;
  /** Whether this kind of page speaks to the page around it. */
  isSpeaking: boolean;
  search: string | undefined;
  onSearchChange: ((search: string) => void) | undefined;
  className: string | undefined;
  style: CSSProperties | undefined;
}

/** Session replay tools and monitoring know these as "leave out": the URL of a frame holds the token. */
const PRIVATE = 'upsolve-tenant__frame rr-block sentry-block ph-no-capture';

/**
 * One frame in view, and while its address changes the next one behind it, at the same size, until that has settled. A
 * frame is never given another address: each is a new element, so the history gets no entry.
 */
export function FrameStack(props: FrameStackProps): ReactElement {
  const { url, token, title, onFrameLoad, className = '', style } = props;
  const host = useContext(FrameHostContext);
  const src = addToken(url, token);
  const [kept, setKept] = useState(() => startSequence(src, token));
  const sequence = followAddress(kept, src, token);
  if (sequence !== kept) setKept(sequence);

  const runningRef = useRef<HTMLIFrameElement>(null);
  const nextRef = useRef<HTMLIFrameElement>(null);
  const frames = { runningRef, nextRef };
  const finish = useOverlap({
    sequence,
    setSequence: setKept,
    settleMs: props.settleMs,
    host: host?.overlap,
    ...frames,
  });
  useEmbedMessages({ ...props, onNextReady: finish, host: host?.overlap, ...frames });

  const { running, next } = sequence;
  const behind = running ? FRAME_BEHIND : FRAME_COVERED;
  return (
    <div
      className={`upsolve-tenant__frames ${className}`.trim()}
      style={{ ...(host ? FRAMES : FRAMES_ALONE), ...style }}
    >
      {[running, next].map(
        (frame) =>
          frame && (
            <iframe
              key={frame.id}
              ref={frame === next ? nextRef : runningRef}
              src={frame.src}
              title={title}
              className={PRIVATE}
              data-private=""
              referrerPolicy="no-referrer"
              aria-hidden={frame === next ? true : undefined}
              tabIndex={frame === next ? -1 : undefined}
              style={frame === next ? behind : FRAME}
              onLoad={({ currentTarget }) => {
                // Offline the browser shows its own error page, and tells a load all the same.
                if (navigator.onLine !== false) setKept((now) => markLoaded(now, frame.id, performance.now()));
                onFrameLoad?.(currentTarget);
              }}
            />
          ),
      )}
      {!running && (
        <div role="status" style={FRAME_COVER}>
          {host?.cover}
        </div>
      )}
    </div>
  );
}
