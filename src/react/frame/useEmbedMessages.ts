import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useLayoutEffectOnClient } from '../useLayoutEffectOnClient';
import { parseEmbedMessage, parseFilters, serializeSetParams } from './embedMessages';
import { createSearchMemory, type SearchMemory } from './useSearchMemory';

export interface EmbedMessagesOptions {
  url: URL;
  runningRef: RefObject<HTMLIFrameElement | null>;
  nextRef: RefObject<HTMLIFrameElement | null>;
  isSpeaking: boolean;
  search: string | undefined;
  onSearchChange: ((search: string) => void) | undefined;
  onNextReady: () => void;
  host: SearchMemory | undefined;
}

/**
 * Talks with an application frame about its filters. A message counts only from the window of one of our frames, from
 * the exact origin and in the known shape; ours go to that origin only.
 */
export function useEmbedMessages(options: EmbedMessagesOptions): void {
  const { url, runningRef, nextRef, isSpeaking, search, onSearchChange, onNextReady, host } = options;
  const { origin, pathname } = url;
  const address = origin + pathname;
  const [own] = useState(createSearchMemory);
  const { recall, remember } = host ?? own;
  const ready = useRef(new WeakSet<Window>());
  const newest = useRef(onSearchChange);
  useLayoutEffectOnClient(() => {
    newest.current = onSearchChange;
  });

  const post = useCallback(
    (target: Window | null | undefined, filters: string | undefined) => {
      if (target && ready.current.has(target) && filters !== undefined) {
        target.postMessage(serializeSetParams(filters), origin);
      }
    },
    [origin],
  );

  useEffect(() => {
    if (!isSpeaking) return;
    const handleMessage = ({ source, origin: from, data }: MessageEvent): void => {
      const isNext = source !== null && source === nextRef.current?.contentWindow;
      const isRunning = source !== null && source === runningRef.current?.contentWindow;
      if (from !== origin || !(isNext || isRunning)) return;
      const message = parseEmbedMessage(data);
      if (message?.type === 'embed:ready') {
        ready.current.add(source);
        post(source, recall(address) || undefined);
        if (isNext) onNextReady();
      } else if (message && isRunning) {
        remember(address, message.search);
        newest.current?.(message.search);
      }
    };
    window.addEventListener('message', handleMessage);
    return () => window.removeEventListener('message', handleMessage);
  }, [isSpeaking, origin, address, runningRef, nextRef, recall, remember, post, onNextReady]);

  const given = search === undefined ? undefined : parseFilters(search);
  const known = useRef<string>(undefined);
  useEffect(() => {
    const isFirst = known.current === undefined;
    known.current = given;
    // What a frame before this one had is newer than what it is started with.
    if (given === undefined || recall(address) === given || (isFirst && recall(address) !== undefined)) return;
    remember(address, given);
    post(runningRef.current?.contentWindow, given);
  }, [given, address, recall, remember, post, runningRef]);
}
