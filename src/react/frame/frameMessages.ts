import { type RefObject, useEffect, useRef, useState } from 'react';
import type { FrameHost } from './FrameHost';
import type { GivenFrameProps } from './frameOptions';
import type { FrameSequence } from './frameSequence';
import { useLayoutEffectOnClient } from '../UpsolveTenantContext';

const VERSION = 1;
const LONGEST_SEARCH = 4_096;
const FILTER = /^f(ilter)?_/;

/** Version 1 of what an application frame says. */
export type FrameMessage =
  { readonly type: 'embed:ready' } | { readonly type: 'embed:params'; readonly search: string };

/** A message's data → what it says; undefined for anything of another shape. Who sent it is judged elsewhere. */
export function parseFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, v = VERSION, search } = data as { type?: unknown; v?: unknown; search?: unknown };
  if (v !== VERSION) return undefined;
  if (type === 'embed:ready') return { type };
  const filters = type === 'embed:params' ? parseFilters(search) : undefined;
  return filters === undefined ? undefined : { type: 'embed:params', search: filters };
}

/** A query string → its filters alone, with a leading `?` or empty; undefined for what is none or over 4 kB. */
export function parseFilters(search: unknown): string | undefined {
  if (typeof search !== 'string' || search.length > LONGEST_SEARCH) return undefined;
  const filters = [...new URLSearchParams(search)].filter(([name]) => FILTER.test(name));
  return filters.length > 0 ? `?${new URLSearchParams(filters).toString()}` : '';
}

/** Says on the console that the page's own policy blocks the frame. Not there in production. */
let explainBlock: ((directive: string, origin: string) => void) | undefined;
try {
  if (process.env.NODE_ENV !== 'production') {
    explainBlock = (directive, origin) =>
      // eslint-disable-next-line no-console -- the browser's own line doesn't say which part of the app it is about
      console.error(
        `UpsolveDashboardFrame: this page's own Content-Security-Policy blocks the dashboard. Add ${origin} to its ${directive} directive.`,
      );
  }
} catch {
  // A page without a bundler has no process.
}

export interface FrameMessagesOptions {
  given: GivenFrameProps;
  url: URL;
  host: FrameHost | null;
  sequence: FrameSequence | null;
  root: RefObject<HTMLElement | null>;
  /** The iframes by the id of their element. */
  frames: RefObject<Map<number, HTMLIFrameElement>>;
  /** A frame has drawn itself, or is kept from loading. */
  onSettled: (id: number) => void;
}

interface Ear extends EventListenerObject {
  element?: HTMLElement | null;
}

/**
 * What is heard about the frames: what an application says of itself and of its filters, and what the page's own policy
 * blocks. A message counts only from the window of one of the frames, from the exact origin and in the known shape; ours
 * go to that origin only.
 */
export function useFrameMessages({ given, url, host, sequence, root, frames, onSettled }: FrameMessagesOptions): void {
  const { origin, pathname } = url;
  const address = origin + pathname;
  const [own] = useState(() => new Map<string, string>());
  const searches = host?.searches ?? own;
  const ready = useRef(new WeakSet<MessageEventSource>());
  const blockedId = useRef<number>(undefined);
  /** The filters as the app knows them. What is kept for the frame may be of an app's view that is gone. */
  const appSearch = useRef<string>(undefined);

  const send = (target: Window | null | undefined, search: string): void => {
    if (target && ready.current.has(target))
      target.postMessage({ type: 'embed:set-params', v: VERSION, search }, origin);
  };

  const handleMessage = ({ source, origin: from, data }: MessageEvent): void => {
    if (given.applicationId == null || !source || from !== origin) return;
    const [id, frame] = [...frames.current].find(([, { contentWindow }]) => contentWindow === source) ?? [];
    const message = parseFrameMessage(data);
    if (id === undefined || !message) return;
    if (message.type === 'embed:ready') {
      ready.current.add(source);
      const search = searches.get(address);
      if (search) send(frame?.contentWindow, search);
      onSettled(id);
    } else if (id === sequence?.running.id) {
      searches.set(address, message.search);
      // A frame repeats what it was given: that is no change, or each handover would be one.
      const isKnown = message.search === appSearch.current;
      appSearch.current = message.search;
      if (!isKnown) given.onSearchChange?.(message.search);
    }
  };

  const handleViolation = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (!sequence || disposition !== 'enforce' || !/^(frame|child)-src/.test(effectiveDirective)) return;
    // Of a page of another origin browsers report the origin alone.
    if (![origin, `${origin}/`, address].includes(blockedURI.split('?', 1)[0] ?? '')) return;
    // Which frame it is isn't told, so it is the newest. More policies than one tell of it more than once.
    const { id } = sequence.next ?? sequence.running;
    if (id === blockedId.current) return;
    if (blockedId.current === undefined) explainBlock?.(effectiveDirective, origin);
    blockedId.current = id;
    host?.onBlocked();
    onSettled(id);
  };

  // One object for good, so that listening again is not listening twice.
  const ear = useRef<Ear>({ handleEvent: () => undefined });
  useLayoutEffectOnClient(() => {
    ear.current.handleEvent = (event) => {
      if (!ear.current.element?.isConnected) event.currentTarget?.removeEventListener(event.type, ear.current);
      else if (event.type === 'message') handleMessage(event as MessageEvent);
      else handleViolation(event as SecurityPolicyViolationEvent);
    };
  });
  useEffect(() => {
    const { current } = ear;
    const element = (current.element ??= root.current);
    const set = (verb: 'addEventListener' | 'removeEventListener'): void => {
      // A frame in another window speaks to that one.
      element?.ownerDocument.defaultView?.[verb]('message', current);
      element?.ownerDocument[verb]('securitypolicyviolation', current);
    };
    set('addEventListener');
    // A view that is only hidden ends its effects too; but what a frame says to nobody it doesn't say again.
    return () => {
      if (!element?.isConnected) set('removeEventListener');
    };
  }, [root]);

  const search = parseFilters(given.search);
  const known = useRef<{ readonly search: string | undefined }>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = { search };
    if (search === undefined || search === before?.search) return;
    appSearch.current = search;
    // What a frame before this one had is newer than what this one starts with.
    if (before ? searches.get(address) === search : searches.has(address)) return;
    searches.set(address, search);
    if (sequence) send(frames.current.get(sequence.running.id)?.contentWindow, search);
  });
}
