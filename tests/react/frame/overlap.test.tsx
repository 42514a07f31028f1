import { act, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { createPortal } from 'react-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameHostContext } from '../../../src/react/frame/FrameHost';
import { createHost, frameElement, frameOf, frames, isInView, load, pass, show, tokens } from './stage';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A frame with t1 that has loaded, and t2 behind it. */
function overlap(props?: Parameters<typeof show>[0]) {
  const shown = show(props);
  load('t1');
  shown.give('t2');
  return shown;
}

describe('the first load', () => {
  it('is covered by the guard’s loading state until its load event', () => {
    show();
    expect(screen.getByText('cover')).toBeInTheDocument();
    expect(isInView('t1')).toBe(false);
    expect(frameOf('t1')).toHaveStyle({ opacity: '0' });
    load('t1');
    expect(screen.queryByText('cover')).toBeNull();
    expect(isInView('t1')).toBe(true);
    expect(frameOf('t1')).not.toHaveStyle({ opacity: '0' });
  });

  it('is uncovered after 60 s where no load event comes, in the same element', () => {
    show();
    const frame = frameOf('t1');
    pass(59_900);
    expect(screen.getByText('cover')).toBeInTheDocument();
    pass(100);
    expect(screen.queryByText('cover')).toBeNull();
    expect(frames()).toEqual([frame]);
    expect(isInView('t1')).toBe(true);
  });

  it('gives way to a newer token that loads sooner', () => {
    const { give } = show();
    give('t2');
    expect(tokens()).toEqual(['t1', 't2']);
    load('t2');
    expect(tokens()).toEqual(['t2']);
    expect(isInView('t2')).toBe(true);
    expect(screen.queryByText('cover')).toBeNull();
  });
});

describe('the overlap', () => {
  it('lets the next frame load behind the running one, and take over 2 s after its load event', () => {
    const { give } = show();
    load('t1');
    const running = frameOf('t1');
    give('t2');
    expect(tokens()).toEqual(['t1', 't2']);
    expect(frameOf('t1')).toBe(running);
    expect(screen.queryByText('cover')).toBeNull();
    pass(30_000);
    load('t2');
    pass(1_900);
    expect(tokens()).toEqual(['t1', 't2']);
    const next = frameOf('t2');
    pass(100);
    expect(frames()).toEqual([next]);
  });

  it('takes settleMs instead of the 2 s, 0 included', () => {
    const { give } = overlap({ dashboardId: 'board', settleMs: 500 });
    load('t2');
    pass(400);
    expect(tokens()).toEqual(['t1', 't2']);
    pass(100);
    expect(tokens()).toEqual(['t2']);
    give('t3', { dashboardId: 'board', settleMs: 0 });
    load('t3');
    expect(tokens()).toEqual(['t3']);
  });

  it('keeps the next frame out of reach until then, painted at the same size behind the running one', () => {
    overlap();
    expect(isInView('t1')).toBe(true);
    expect(isInView('t2')).toBe(false);
    const { gridArea, width, height, zIndex } = frameOf('t1').style;
    expect(frameOf('t2').style).toMatchObject({ gridArea, width, height, opacity: '' });
    expect(Number(frameOf('t2').style.zIndex)).toBeLessThan(Number(zIndex));
    load('t2');
    pass(2_000);
    expect(isInView('t2')).toBe(true);
  });

  it('takes the focus along', () => {
    overlap();
    frameOf('t1').focus();
    load('t2');
    pass(2_000);
    expect(frameOf('t2')).toHaveFocus();
  });

  it('takes the focus along inside a shadow root', () => {
    const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    const container = shadow.appendChild(document.createElement('div'));
    const { rerender, unmount } = render(frameElement('t1'), { container });
    const inside = () => [...shadow.querySelectorAll('iframe')];
    fireEvent.load(inside()[0]!);
    rerender(frameElement('t2'));
    inside()[0]!.focus();
    fireEvent.load(inside()[1]!);
    pass(2_000);
    expect(inside()).toHaveLength(1);
    expect(shadow.activeElement).toBe(inside()[0]);
    unmount();
    shadow.host.remove();
  });

  it('leaves a focus elsewhere alone', () => {
    const button = document.body.appendChild(document.createElement('button'));
    overlap();
    frameOf('t1').focus();
    load('t2');
    button.focus();
    pass(2_000);
    expect(tokens()).toEqual(['t2']);
    expect(button).toHaveFocus();
    button.remove();
  });

  it('leaves exactly one frame after 50 handovers, and moves none of those that stay', async () => {
    const { give } = show();
    load('t1');
    const again = new Set<Node>();
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          expect(again.has(node), 'a frame that is put into the page again loads again').toBe(false);
          again.add(node);
        }
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
    const srcs = vi.spyOn(Element.prototype, 'setAttribute');
    const touched = vi.spyOn(Element.prototype, 'toggleAttribute');
    for (let count = 2; count < 52; count += 1) {
      give(`t${count}`);
      const next = frameOf(`t${count}`);
      load(`t${count}`);
      pass(2_000);
      expect(frames()).toEqual([next]);
      expect(isInView(`t${count}`)).toBe(true);
    }
    await act(async () => undefined);
    observer.disconnect();
    expect(again.size).toBe(50);
    const late = touched.mock.contexts.slice(-10).map((frame) => new URL((frame as HTMLIFrameElement).src).search);
    expect(new Set(late), 'those that are gone are let go of').not.toContain('?jwt=t40');
    expect(srcs.mock.calls.filter(([name]) => name === 'src')).toHaveLength(50);
  });

  it('follows the newest of two tokens, with two frames at most', () => {
    const { give } = overlap();
    give('t3');
    expect(tokens()).toEqual(['t1', 't3']);
    load('t3');
    pass(2_000);
    expect(tokens()).toEqual(['t3']);
  });

  it('drops what was loading where the running address is asked for again', () => {
    const { give } = overlap();
    give('t1');
    expect(tokens()).toEqual(['t1']);
    expect(isInView('t1')).toBe(true);
  });

  it('shows another dashboard at once, covered, and not behind the former one', () => {
    const { give } = show({ dashboardId: 'one' });
    load('t1');
    give('t1', { dashboardId: 'two' });
    expect(frames().map((frame) => new URL(frame.src).pathname)).toEqual(['/share/dashboard/two']);
    expect(screen.getByText('cover')).toBeInTheDocument();
  });

  it('leaves no timer and no listener behind, and has none at rest', () => {
    const targets = [document, document.defaultView!];
    const [added, removed] = (['addEventListener', 'removeEventListener'] as const).map((verb) =>
      targets.map((target) => vi.spyOn(target, verb)),
    );
    const { give, unmount } = show();
    load('t1');
    expect(vi.getTimerCount()).toBe(0);
    give('t2');
    expect(vi.getTimerCount()).toBe(1);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
    const names = (spies: typeof added) =>
      spies?.flatMap((spy) => spy.mock.calls.map(([name]) => name).filter((name) => /message|visib|policy/.test(name)));
    expect(names(removed)?.sort()).toEqual(names(added)?.sort());
    expect(names(added)).toContain('message');
  });
});

describe('a way out', () => {
  it('never starts a load over for being slow, and takes a late one', () => {
    overlap();
    const next = frameOf('t2');
    pass(10 * 60_000);
    expect(frameOf('t2')).toBe(next);
    expect(isInView('t1')).toBe(true);
    load('t2');
    pass(2_000);
    expect(frames()).toEqual([next]);
  });

  it('takes the next frame as it is, uncovered, within a second of the former token’s end', () => {
    const { end } = overlap();
    const next = frameOf('t2');
    pass(20_000);
    end('t1');
    pass(1_000);
    expect(frames()).toEqual([next]);
    expect(isInView('t2')).toBe(true);
    expect(screen.queryByText('cover')).toBeNull();
  });

  it('takes it at once where the page becomes visible', () => {
    const { end } = overlap();
    end('t1');
    fireEvent(document, new Event('visibilitychange'));
    expect(tokens()).toEqual(['t2']);
  });

  it('takes it at once where the former token has ended already', () => {
    const { give, end } = show();
    load('t1');
    end('t1');
    give('t2');
    expect(tokens()).toEqual(['t2']);
    expect(isInView('t2')).toBe(true);
  });

  it('takes the focus along there too', () => {
    const { end } = overlap();
    frameOf('t1').focus();
    end('t1');
    pass(1_000);
    expect(frameOf('t2')).toHaveFocus();
  });

  it('leaves a running frame whose token has ended to the guard where nothing follows', () => {
    const { end } = show();
    load('t1');
    end('t1');
    pass(60_000);
    expect(isInView('t1')).toBe(true);
  });

  it('is the load event, whatever the browser says of its network', () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    overlap();
    expect(isInView('t1')).toBe(true);
    load('t2');
    pass(2_000);
    expect(tokens()).toEqual(['t2']);
  });

  it('keeps the running frame of a frame that stands alone, whose token’s end nobody knows', () => {
    const { rerender } = render(frameElement('t1'));
    load('t1');
    rerender(frameElement('t2'));
    pass(60 * 60_000);
    expect(tokens()).toEqual(['t1', 't2']);
    load('t2');
    pass(2_000);
    expect(tokens()).toEqual(['t2']);
  });
});

// React 18 has no Activity.
const Activity = (React as { Activity?: typeof React.Activity }).Activity;

describe.runIf(Activity)('a view that Activity hides', () => {
  function tree(lent: ReturnType<typeof createHost>, token: string, mode: 'visible' | 'hidden') {
    const Shown = Activity!;
    return (
      <React.StrictMode>
        <Shown mode={mode}>
          <FrameHostContext.Provider value={lent.host}>{frameElement(token)}</FrameHostContext.Provider>
        </Shown>
      </React.StrictMode>
    );
  }

  it('loads nothing before it is first shown', () => {
    const lent = createHost();
    const { rerender } = render(tree(lent, 't1', 'hidden'));
    expect(frames()).toEqual([]);
    rerender(tree(lent, 't1', 'visible'));
    expect(tokens()).toEqual(['t1']);
    expect(isInView('t1')).toBe(false);
    expect(screen.getByText('cover')).toBeInTheDocument();
    load('t1');
    expect(isInView('t1')).toBe(true);
  });

  it('is revealed with the frame that should be in view by now, before paint, and one in reach', () => {
    const lent = createHost();
    const { rerender } = render(tree(lent, 't1', 'visible'));
    load('t1');
    rerender(tree(lent, 't2', 'visible'));
    const next = frameOf('t2');
    rerender(tree(lent, 't2', 'hidden'));
    load('t2');
    lent.end('t1');
    pass(10_000);
    rerender(tree(lent, 't2', 'visible'));
    expect(frames()).toEqual([next]);
    expect(isInView('t2')).toBe(true);
    expect(screen.queryByText('cover')).toBeNull();
  });

  it('keeps its frame, and its cover as long as its load', () => {
    const lent = createHost();
    const { rerender } = render(tree(lent, 't1', 'visible'));
    const frame = frameOf('t1');
    rerender(tree(lent, 't1', 'hidden'));
    load('t1');
    rerender(tree(lent, 't1', 'visible'));
    expect(frames()).toEqual([frame]);
    expect(isInView('t1')).toBe(true);
  });
});

it('hands over in StrictMode as anywhere', () => {
  const page = (token: string) => <React.StrictMode>{frameElement(token)}</React.StrictMode>;
  const { rerender } = render(page('t1'));
  expect(tokens()).toEqual(['t1']);
  load('t1');
  rerender(page('t2'));
  expect(tokens()).toEqual(['t1', 't2']);
  load('t2');
  pass(2_000);
  expect(tokens()).toEqual(['t2']);
  expect(isInView('t2')).toBe(true);
});

it('runs by the timers and the visibility of the window that it stands in', () => {
  const place = document.body.appendChild(document.createElement('iframe'));
  const other = place.contentDocument!;
  const timers: (() => void)[] = [];
  vi.spyOn(place.contentWindow!, 'setTimeout').mockImplementation(((step: () => void) => timers.push(step)) as never);
  const lent = createHost();
  const page = (token: string) => (
    <FrameHostContext.Provider value={lent.host}>
      {createPortal(frameElement(token), other.body)}
    </FrameHostContext.Provider>
  );
  const inside = () => [...other.querySelectorAll('iframe')].map((frame) => new URL(frame.src).searchParams.get('jwt'));
  const { rerender, unmount } = render(page('t1'));
  fireEvent.load(other.querySelector('iframe')!);
  rerender(page('t2'));
  expect(vi.getTimerCount()).toBe(0);
  expect(timers.length).toBeGreaterThan(0);
  lent.end('t1');
  fireEvent(document, new Event('visibilitychange'));
  expect(inside()).toEqual(['t1', 't2']);
  fireEvent(other, new Event('visibilitychange'));
  expect(inside()).toEqual(['t2']);
  unmount();
  place.remove();
});
