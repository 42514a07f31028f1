import { act, fireEvent, render, type RenderResult } from '@testing-library/react';
import { expect, vi } from 'vitest';
import { type FrameHost, FrameHostContext } from '../../../src/react/frame/FrameHost';
import { UpsolveDashboardFrame, type UpsolveDashboardFrameProps } from '../../../src/react/frame/UpsolveDashboardFrame';
import { resolveLabels } from '../../../src/react/guard/labels';

export const HUB = 'https://hub.upsolve.ai';
export const AI_HUB = 'https://ai-hub.upsolve.ai';

/** What a guard lends, with ends of tokens that the test sets; a token that it doesn't know is usable. */
export function createHost() {
  const ended = new Set<string>();
  const onBlocked = vi.fn();
  const host: FrameHost = {
    labels: resolveLabels({ title: 'Sales', loading: 'Fetching…' }),
    cover: <p>cover</p>,
    getUsableMs: (token) => (ended.has(token) ? 0 : 60_000),
    searches: new Map(),
    onBlocked,
  };
  return { host, onBlocked, end: (token: string) => ended.add(token) };
}

/** Props as the guard forwards them: of any kind. */
export type Props = Omit<Partial<UpsolveDashboardFrameProps>, 'token'> & { [name: string]: unknown };

export function frameElement(token: string, props: Props = { dashboardId: 'board' }) {
  return <UpsolveDashboardFrame {...(props as unknown as UpsolveDashboardFrameProps)} token={token} />;
}

export interface Shown extends RenderResult, ReturnType<typeof createHost> {
  /** Another token, or the same with other props. */
  give(token: string, props?: Props): void;
}

/** A frame in a guard, with its first token t1. */
export function show(props: Props = { dashboardId: 'board' }, lent = createHost()): Shown {
  const page = (token: string, now: Props) => (
    <FrameHostContext.Provider value={lent.host}>{frameElement(token, now)}</FrameHostContext.Provider>
  );
  const view = render(page('t1', props));
  return { ...view, ...lent, give: (token, now = props) => view.rerender(page(token, now)) };
}

export function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

export const frames = (): HTMLIFrameElement[] => [...document.querySelectorAll('iframe')];
export const tokens = (): (string | null)[] => frames().map((frame) => new URL(frame.src).searchParams.get('jwt'));
export const frameOf = (token: string): HTMLIFrameElement =>
  frames()[tokens().indexOf(token)] ?? expect.unreachable(`no frame of ${token}`);
export const load = (token: string): boolean => fireEvent.load(frameOf(token));

/** A frame in view: in reach of pointer, keyboard and assistive technology, over everything else. */
export function isInView(token: string): boolean {
  const frame = frameOf(token);
  const marks = [
    frame.hasAttribute('inert'),
    frame.hasAttribute('aria-hidden'),
    frame.getAttribute('tabindex') === '-1',
  ];
  expect(new Set(marks).size, `a frame is out of reach in every way or in none: ${marks.join()}`).toBe(1);
  return !marks[0];
}
