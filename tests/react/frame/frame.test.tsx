import { act, fireEvent, render, screen } from '@testing-library/react';
import { SecureUpsolveDashboard, UpsolveDashboardFrame, useTokenRefresh } from 'react-upsolve-tenant';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectConsole } from '../../setup/console';
import { createFakeTenant, HOUR, ready, snapshotOf } from '../guard/fakeTenant';

const HUB = 'https://hub.upsolve.ai';
const AI_HUB = 'https://ai-hub.upsolve.ai';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}
const frames = () => [...document.querySelectorAll('iframe')];
const tokens = () => frames().map((frame) => new URL(frame.src).searchParams.get('jwt'));
const frameOf = (token: string) => frames()[tokens().indexOf(token)] ?? expect.unreachable(`no frame of ${token}`);
const load = (token: string) => fireEvent.load(frameOf(token));

/** A guard with a frame and a command to hand over. */
function show(props: object = { dashboardId: 'board' }, first = ready('t1')) {
  const tenant = createFakeTenant(first);
  const events: unknown[] = [];
  const HandOver = () => <button onClick={useTokenRefresh().handOver}>hand over</button>;
  const view = render(
    <tenant.Provider onHandover={(event) => events.push(event)}>
      <SecureUpsolveDashboard {...props} />
      <HandOver />
    </tenant.Provider>,
  );
  const handOver = (token: string): void => {
    tenant.show(ready(token));
    fireEvent.click(screen.getByText('hand over'));
  };
  return { ...view, tenant, events, handOver };
}

describe('the element', () => {
  it('is named, private and sends no referrer', () => {
    show();
    const frame = screen.getByTitle('Dashboard');
    expect(frame).toHaveAttribute('referrerpolicy', 'no-referrer');
    expect(frame).toHaveClass('rr-block', 'sentry-block', 'ph-no-capture');
    expect(frame).toHaveAttribute('data-private');
  });

  it('takes its name from title, else from the labels of its guard', () => {
    const { unmount } = show({ dashboardId: 'board', labels: { title: 'Umsatz' } });
    expect(screen.getByTitle('Umsatz')).toBeInTheDocument();
    unmount();
    show({ dashboardId: 'board', title: 'Sales' });
    expect(screen.getByTitle('Sales')).toBeInTheDocument();
  });

  it.each([undefined, null, '', 7, {}])('is not there with %j for a token', (token) => {
    const { container } = render(<UpsolveDashboardFrame dashboardId="board" token={token as string} />);
    expect(container).toBeEmptyDOMElement();
  });

  it('is an error panel, and a line for the developer, where an option is refused', () => {
    expectConsole('error', /UpsolveDashboardFrame: .*one of dashboardId, agentId and applicationId/);
    show({});
    expect(frames()).toEqual([]);
    expect(screen.getByRole('alert')).toHaveTextContent('isn’t set up correctly');
  });

  it('tells the app of each load', () => {
    const onFrameLoad = vi.fn();
    show({ dashboardId: 'board', onFrameLoad });
    load('t1');
    expect(onFrameLoad).toHaveBeenCalledExactlyOnceWith(frameOf('t1'));
  });
});

describe('the overlap', () => {
  it('lets the next frame load behind the running one, and take over 2 s after its load', () => {
    const { handOver, events } = show();
    const running = frameOf('t1');
    handOver('t2');
    expect(tokens()).toEqual(['t1', 't2']);
    expect(frameOf('t1')).toBe(running);
    pass(1_000);
    load('t2');
    pass(1_900);
    expect(tokens()).toEqual(['t1', 't2']);
    const next = frameOf('t2');
    pass(100);
    expect(tokens()).toEqual(['t2']);
    expect(frameOf('t2')).toBe(next);
    expect(events.at(-1)).toEqual({ type: 'handover', reason: 'manual', remainingMs: HOUR, overlapMs: 3_000 });
  });

  it('keeps the next frame out of reach until then', () => {
    const { handOver } = show();
    handOver('t2');
    expect(frameOf('t1').hasAttribute('inert')).toBe(false);
    expect(frameOf('t1')).not.toHaveAttribute('aria-hidden');
    expect(frameOf('t2').hasAttribute('inert')).toBe(true);
    expect(frameOf('t2')).toHaveAttribute('aria-hidden', 'true');
    expect(frameOf('t2')).toHaveAttribute('tabindex', '-1');
    load('t2');
    pass(2_000);
    expect(frameOf('t2').hasAttribute('inert')).toBe(false);
    expect(frameOf('t2')).not.toHaveAttribute('aria-hidden');
  });

  it('takes the focus along', () => {
    const { handOver } = show();
    frameOf('t1').focus();
    handOver('t2');
    load('t2');
    pass(2_000);
    expect(frameOf('t2')).toHaveFocus();
  });

  it('takes a focus along that is not inside it to nowhere', () => {
    const { handOver } = show();
    const button = screen.getByText('hand over');
    button.focus();
    handOver('t2');
    load('t2');
    pass(2_000);
    expect(button).toHaveFocus();
  });

  it('tries again with a new element where no load event comes', () => {
    const { handOver } = show();
    handOver('t2');
    const dropped = frameOf('t2');
    pass(15_000);
    expect(tokens()).toEqual(['t1', 't2']);
    expect(frameOf('t2')).not.toBe(dropped);
    load('t2');
    pass(2_000);
    expect(tokens()).toEqual(['t2']);
  });

  it('takes a load while offline for none: it is the error page of the browser', () => {
    const { handOver } = show();
    handOver('t2');
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    load('t2');
    onLine.mockRestore();
    pass(14_000);
    expect(tokens()).toEqual(['t1', 't2']);
  });

  it('follows the newest of two tokens, with two frames at most', () => {
    const { handOver } = show({ dashboardId: 'board', handover: 'immediate' });
    handOver('t2');
    handOver('t3');
    expect(tokens()).toEqual(['t1', 't3']);
    load('t3');
    pass(2_000);
    expect(tokens()).toEqual(['t3']);
  });

  it('covers the change where the former token ends first', () => {
    const { tenant } = show({ dashboardId: 'board', handover: 'before-expiry' });
    pass(HOUR - 60_000);
    tenant.show(ready('t2'));
    pass(27_000);
    expect(tokens()).toEqual(['t1', 't2']);
    pass(15_000);
    load('t2');
    expect(tokens()).toEqual(['t1', 't2']);
    tenant.show(ready('t3'));
    fireEvent.click(screen.getByText('hand over'));
    pass(14_000);
    expect(tokens()).toEqual(['t3']);
    expect(screen.getByText('Reconnecting…')).toBeInTheDocument();
    load('t3');
    pass(2_000);
    expect(screen.queryByText('Reconnecting…')).toBeNull();
    expect(frameOf('t3').hasAttribute('inert')).toBe(false);
  });

  it('shows another dashboard at once and not behind the former one', () => {
    const tenant = createFakeTenant(ready('t1'));
    const page = (id: string) => (
      <tenant.Provider>
        <SecureUpsolveDashboard dashboardId={id} />
      </tenant.Provider>
    );
    const { rerender } = render(page('one'));
    rerender(page('two'));
    expect(frames().map((frame) => new URL(frame.src).pathname)).toEqual(['/share/dashboard/two']);
  });

  it('ends with both frames gone on a switch, a sign-out and an expired token', () => {
    for (const end of [snapshotOf('a', { status: 'idle' }), snapshotOf('a', { status: 'expired' })]) {
      const { handOver, tenant, unmount } = show();
      handOver('t2');
      tenant.show(end);
      expect(frames()).toEqual([]);
      unmount();
    }
    const tenant = createFakeTenant(ready('t1'));
    const page = (identity: string) => (
      <tenant.Provider identity={identity}>
        <SecureUpsolveDashboard dashboardId="board" handover="immediate" />
      </tenant.Provider>
    );
    const { rerender } = render(page('a'));
    tenant.show(ready('t2'));
    expect(tokens()).toEqual(['t1', 't2']);
    tenant.set(ready('t3', { identity: 'b' }));
    rerender(page('b'));
    expect(tokens()).toEqual(['t3']);
  });

  it('leaves no timer behind', () => {
    const before = vi.getTimerCount();
    const { handOver, unmount } = show();
    handOver('t2');
    unmount();
    expect(vi.getTimerCount()).toBe(before);
  });
});

describe('a break over a frame', () => {
  const isHeld = () => expect(tokens()).toEqual(['t1']);
  function waiting() {
    const shown = show();
    fireEvent.keyDown(document.body);
    shown.tenant.show(ready('t2'));
    return shown;
  }

  it('is 30 s without input, as anywhere', () => {
    waiting();
    pass(31_000);
    expect(tokens()).toEqual(['t1', 't2']);
  });

  it('is none while the frame has the focus', () => {
    waiting();
    frameOf('t1').focus();
    pass(60_000);
    isHeld();
  });

  it('is none while the pointer was last seen over the frame', () => {
    waiting();
    fireEvent.pointerOver(frameOf('t1'));
    pass(60_000);
    isHeld();
    fireEvent.pointerOver(document.body);
    pass(31_000);
    expect(tokens()).toEqual(['t1', 't2']);
  });

  it('is none after a touch, which leaves no pointer anywhere', () => {
    waiting();
    fireEvent.touchStart(document.body);
    pass(60_000);
    isHeld();
  });
});

describe('permissions of a frame', () => {
  const flags = { addChart: true };

  it('that are taken away with a newer token force its handover', () => {
    const { tenant, events } = show({ dashboardId: 'board' }, ready('t1', { flags }));
    fireEvent.keyDown(document.body);
    tenant.show(ready('t2'));
    expect(tokens()).toEqual(['t1', 't2']);
    load('t2');
    pass(2_000);
    expect(events.at(-1)).toMatchObject({ reason: 'permissions' });
  });

  it('that are taken away without one ask for one, once', () => {
    const first = ready('t1', { flags });
    const { tenant } = show({ dashboardId: 'board' }, first);
    const less = ready('t1');
    tenant.show(less);
    tenant.show({ ...less, tenant: { ...less.tenant } } as typeof less);
    expect(tenant.source.refresh).toHaveBeenCalledTimes(1);
  });

  it('that are added wait for a break', () => {
    const { tenant } = show();
    fireEvent.keyDown(document.body);
    tenant.show(ready('t2', { flags }));
    expect(tokens()).toEqual(['t1']);
    expect(tenant.source.refresh).not.toHaveBeenCalled();
  });
});

it('a chat waits until before expiry by default', () => {
  const { tenant } = show({ agentId: 'agent' });
  tenant.show(ready('t2'));
  pass(10 * 60_000);
  expect(tokens()).toEqual(['t1']);
  expect(frames()[0]?.src.startsWith(`${HUB}/share/chat/agent?`)).toBe(true);
});

describe('an application', () => {
  const say = (token: string, data: unknown, { origin = AI_HUB, source = frameOf(token).contentWindow } = {}) =>
    fireEvent(window, new MessageEvent('message', { data, origin, source }));
  const listen = (token: string) => vi.spyOn(frameOf(token).contentWindow!, 'postMessage').mockReturnValue(undefined);
  const setParams = (search: string) => [{ type: 'embed:set-params', v: 1, search }, AI_HUB];

  it('takes over as soon as it says that it is ready, with the filters of the one before', () => {
    const onSearchChange = vi.fn();
    const { handOver } = show({ applicationId: 'app', onSearchChange });
    say('t1', { type: 'embed:ready', v: 1 });
    say('t1', { type: 'embed:params', v: 1, search: '?f_region=eu&jwt=x' });
    expect(onSearchChange).toHaveBeenCalledExactlyOnceWith('?f_region=eu');
    handOver('t2');
    const post = listen('t2');
    say('t2', { type: 'embed:params', v: 1, search: '' });
    expect(onSearchChange).toHaveBeenCalledTimes(1);
    say('t2', { type: 'embed:ready', v: 1 });
    expect(tokens()).toEqual(['t2']);
    expect(post.mock.calls).toEqual([setParams('?f_region=eu')]);
  });

  it('is not changed by a message of a foreign origin, window or shape', () => {
    const onSearchChange = vi.fn();
    const { handOver } = show({ applicationId: 'app', onSearchChange });
    handOver('t2');
    const good = { type: 'embed:params', v: 1, search: '?f_a=1' };
    say('t1', good, { origin: 'https://evil.example' });
    say('t1', good, { source: window });
    say('t1', good, { source: null as never });
    say('t1', { ...good, search: 7 });
    say('t2', { type: 'embed:ready' }, { origin: HUB });
    say('t2', { type: 'embed:ready' }, { source: window });
    expect(onSearchChange).not.toHaveBeenCalled();
    expect(tokens()).toEqual(['t1', 't2']);
  });

  it('is told its first filters once it is ready, and later ones at once', () => {
    const tenant = createFakeTenant(ready('t1'));
    const page = (search: string) => (
      <tenant.Provider>
        <SecureUpsolveDashboard applicationId="app" search={search} />
      </tenant.Provider>
    );
    const { rerender } = render(page('f_a=1&other=2'));
    const post = listen('t1');
    rerender(page('f_a=2'));
    expect(post).not.toHaveBeenCalled();
    say('t1', { type: 'embed:ready', v: 1 });
    rerender(page('f_a=2'));
    rerender(page(''));
    expect(post.mock.calls).toEqual([setParams('?f_a=2'), setParams('')]);
  });

  it('keeps its filters through an expired token, and drops them on sign-out and for another tenant', () => {
    const tenant = createFakeTenant(ready('t1'));
    const page = (identity: string) => (
      <tenant.Provider identity={identity}>
        <SecureUpsolveDashboard applicationId="app" />
      </tenant.Provider>
    );
    const { rerender } = render(page('a'));
    const isGivenBack = (token: string): unknown[] => {
      const post = listen(token);
      say(token, { type: 'embed:ready', v: 1 });
      return post.mock.calls;
    };
    const filter = (token: string) => say(token, { type: 'embed:params', v: 1, search: '?f_a=1' });
    filter('t1');
    tenant.show(snapshotOf('a', { status: 'expired' }));
    tenant.show(ready('t2'));
    expect(isGivenBack('t2')).toEqual([setParams('?f_a=1')]);
    tenant.show(snapshotOf('a', { status: 'idle' }));
    tenant.show(ready('t3'));
    expect(isGivenBack('t3')).toEqual([]);
    filter('t3');
    tenant.set(ready('t4', { identity: 'b' }));
    rerender(page('b'));
    expect(isGivenBack('t4')).toEqual([]);
  });

  it('is given back what its user chose before what it is started with', () => {
    const { tenant } = show({ applicationId: 'app', search: '?f_a=1' });
    say('t1', { type: 'embed:params', v: 1, search: '?f_a=2' });
    tenant.show(snapshotOf('a', { status: 'expired' }));
    tenant.show(ready('t2'));
    const post = listen('t2');
    say('t2', { type: 'embed:ready', v: 1 });
    expect(post.mock.calls).toEqual([setParams('?f_a=2')]);
  });

  it('is not listened to where the frame is a dashboard', () => {
    const { handOver } = show();
    handOver('t2');
    say('t2', { type: 'embed:ready' }, { origin: HUB });
    expect(tokens()).toEqual(['t1', 't2']);
  });
});
