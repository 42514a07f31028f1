import { act, cleanup } from '@testing-library/react';
import * as React from 'react';
import { Suspense, type ReactElement, type ReactNode } from 'react';
import { vi } from 'vitest';

/** The channels to the app's other tabs, as a page holds them. */
export interface Channels {
  readonly open: ReadonlySet<unknown>;
  /** What this page told the others. */
  readonly posted: unknown[];
  /** What another tab told. */
  readonly deliver: (data: unknown) => void;
}

export function stubChannels(): Channels {
  const open = new Set<FakeChannel>();
  const posted: unknown[] = [];
  class FakeChannel {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor() {
      open.add(this);
    }
    postMessage(data: unknown): void {
      if (!open.has(this)) throw new DOMException('Channel is closed', 'InvalidStateError');
      posted.push(data);
    }
    close(): void {
      open.delete(this);
    }
  }
  vi.stubGlobal('BroadcastChannel', FakeChannel);
  return { open, posted, deliver: (data) => act(() => [...open].forEach((channel) => channel.onmessage?.({ data }))) };
}

/** How many of the page's listeners are there that were not there before. */
export function watchListeners(): () => number {
  let own: [target: EventTarget, type: string, listener: unknown][] = [];
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target as EventTarget;
    const isNot =
      (type: string, listener: unknown) =>
      (each: (typeof own)[number]): boolean =>
        each[0] !== target || each[1] !== type || each[2] !== listener;
    vi.spyOn<EventTarget, 'addEventListener'>(target, 'addEventListener').mockImplementation((type, listener, more) => {
      if (type !== 'selectionchange') own = [...own.filter(isNot(type, listener)), [target, type, listener]];
      addEventListener.call(target, type, listener, more);
    });
    // A hub that is closed may take its own away once more, when a view that it knew is collected.
    vi.spyOn<EventTarget, 'removeEventListener'>(target, 'removeEventListener').mockImplementation(
      (type, listener, more) => {
        own = own.filter(isNot(type, listener));
        removeEventListener.call(target, type, listener, more);
      },
    );
  }
  return () => own.length;
}

/** No view that is gone is collected while the test runs. */
export function holdViews(): void {
  vi.stubGlobal(
    'WeakRef',
    class {
      constructor(readonly target: object) {}
      deref = (): object => this.target;
    },
  );
}

export function dispatchPage(type: 'pagehide' | 'pageshow'): void {
  act(() => void window.dispatchEvent(Object.assign(new Event(type), { persisted: true })));
}

/** Fake time, on a page that nobody listens to: views of other test files may keep a token still, and end with it. */
export function startPage(): void {
  vi.useFakeTimers({ now: Date.UTC(2040, 0, 1) });
  window.dispatchEvent(new Event('focus'));
  vi.useRealTimers();
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
}

/** Views that are gone keep their token for a while. Ends them all, so that no test meets those of another. */
export function endPage(): void {
  cleanup();
  vi.advanceTimersByTime(1);
  vi.setSystemTime(Date.now() + 48 * 60 * 60_000);
  window.dispatchEvent(new Event('focus'));
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}

const never = new Promise<never>(() => undefined);
function Suspends(): ReactNode {
  throw never;
}

interface HidesProps {
  isHidden: boolean;
  children: ReactNode;
}

// React 18 has no Activity.
const Activity = (React as Partial<typeof React>).Activity;

/** The ways in which React keeps a view and doesn't show it. */
export const keepers: [string, (props: HidesProps) => ReactElement][] = [
  [
    'a suspended tree',
    ({ isHidden, children }) => (
      <Suspense fallback="waiting">
        {isHidden && <Suspends />}
        {children}
      </Suspense>
    ),
  ],
  ...(Activity
    ? [
        [
          'a hidden Activity',
          ({ isHidden, children }) => <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>,
        ] satisfies [string, (props: HidesProps) => ReactElement],
      ]
    : []),
];
