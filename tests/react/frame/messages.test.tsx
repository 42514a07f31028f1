import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { createPortal } from 'react-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameHostContext } from '../../../src/react/frame/FrameHost';
import { expectConsole } from '../../setup/console';
import {
  AI_HUB,
  createHost,
  frameElement,
  frameOf,
  HUB,
  isInView,
  load,
  pass,
  type Props,
  show,
  tokens,
} from './stage';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const ADDRESS = `${AI_HUB}/share/application/app`;
const READY = { type: 'embed:ready', v: 1 };
const params = (search: string) => ({ type: 'embed:params', v: 1, search });
const setParams = (search: string) => [{ type: 'embed:set-params', v: 1, search }, AI_HUB];

const say = (token: string, data: unknown, { origin = AI_HUB, source = frameOf(token).contentWindow } = {}) =>
  fireEvent(window, new MessageEvent('message', { data, origin, source }));
const listen = (token: string) => vi.spyOn(frameOf(token).contentWindow!, 'postMessage').mockReturnValue(undefined);

describe('an application', () => {
  const app: Props = { applicationId: 'app' };

  it('is uncovered as soon as it says that it is ready', () => {
    show(app);
    say('t1', READY);
    expect(screen.queryByText('cover')).toBeNull();
    expect(isInView('t1')).toBe(true);
  });

  it('takes over as soon as it says so, with the filters of the one before', () => {
    const onSearchChange = vi.fn();
    const { give, host } = show({ ...app, onSearchChange });
    say('t1', READY);
    say('t1', params('?f_region=eu&jwt=x'));
    expect(onSearchChange).toHaveBeenCalledExactlyOnceWith('?f_region=eu');
    expect([...host.searches]).toEqual([[ADDRESS, '?f_region=eu']]);
    give('t2');
    const post = listen('t2');
    say('t2', params(''));
    expect(onSearchChange).toHaveBeenCalledTimes(1);
    expect(tokens()).toEqual(['t1', 't2']);
    say('t2', READY);
    expect(tokens()).toEqual(['t2']);
    expect(post.mock.calls).toEqual([setParams('?f_region=eu')]);
    say('t2', params('?filter_year=1'));
    expect(onSearchChange).toHaveBeenLastCalledWith('?filter_year=1');
  });

  it('tells of a change alone, not of filters that it was given or that it repeats', () => {
    const onSearchChange = vi.fn();
    const { give, host } = show({ ...app, search: '?f_a=1', onSearchChange });
    say('t1', READY);
    say('t1', params('?f_a=1'));
    expect(onSearchChange, 'what the app gave').not.toHaveBeenCalled();
    say('t1', params('?f_a=2'));
    say('t1', params('?f_a=2&jwt=x'));
    give('t2');
    say('t2', READY);
    say('t2', params('?f_a=2'));
    expect(onSearchChange, 'what the frame before it had').toHaveBeenCalledExactlyOnceWith('?f_a=2');
    say('t2', params(''));
    say('t2', params('?f_a=2'));
    expect(onSearchChange.mock.calls).toEqual([['?f_a=2'], [''], ['?f_a=2']]);
    expect([...host.searches]).toEqual([[ADDRESS, '?f_a=2']]);
  });

  it('tells a view that comes later of the filters that were kept for it', () => {
    const { host } = show({ ...app, search: '?f_a=1', onSearchChange: vi.fn() });
    say('t1', READY);
    say('t1', params('?f_a=2'));
    cleanup();
    const onSearchChange = vi.fn();
    const again = { ...app, search: '?f_a=1', onSearchChange };
    render(<FrameHostContext.Provider value={host}>{frameElement('t1', again)}</FrameHostContext.Provider>);
    const post = listen('t1');
    say('t1', READY);
    expect(post.mock.calls).toEqual([setParams('?f_a=2')]);
    say('t1', params('?f_a=2'));
    say('t1', params('?f_a=2'));
    expect(onSearchChange).toHaveBeenCalledExactlyOnceWith('?f_a=2');
  });

  it('takes over after its load event where it says nothing', () => {
    const { give } = show(app);
    load('t1');
    give('t2');
    load('t2');
    pass(2_000);
    expect(tokens()).toEqual(['t2']);
  });

  it('is not changed by a message of a foreign origin, window or shape', () => {
    const onSearchChange = vi.fn();
    const { give } = show({ ...app, onSearchChange });
    say('t1', READY);
    give('t2');
    const good = params('?f_a=1');
    say('t1', good, { origin: 'https://evil.example' });
    say('t1', good, { origin: 'null' });
    say('t1', good, { source: window });
    say('t1', good, { source: null as never });
    say('t1', { ...good, search: 7 });
    say('t1', params(`?f_a=${'x'.repeat(4_096)}`));
    say('t2', READY, { origin: HUB });
    say('t2', READY, { source: window });
    expect(onSearchChange).not.toHaveBeenCalled();
    expect(tokens()).toEqual(['t1', 't2']);
  });

  it('is told its first filters once it is ready, and later ones at once', () => {
    const { give } = show({ ...app, search: 'f_a=1&other=2' });
    const post = listen('t1');
    give('t1', { ...app, search: 'f_a=2' });
    expect(post).not.toHaveBeenCalled();
    say('t1', READY);
    give('t1', { ...app, search: '?f_a=2' });
    give('t1', { ...app, search: '' });
    expect(post.mock.calls).toEqual([setParams('?f_a=2'), setParams('')]);
  });

  it('is told filters that come later than itself', () => {
    const { give } = show(app);
    say('t1', READY);
    const post = listen('t1');
    give('t1', { ...app, search: '?f_a=1' });
    expect(post.mock.calls).toEqual([setParams('?f_a=1')]);
  });

  it('is told again after it has reloaded by itself', () => {
    show({ ...app, search: '?f_a=1' });
    const post = listen('t1');
    say('t1', READY);
    say('t1', READY);
    expect(post.mock.calls).toEqual([setParams('?f_a=1'), setParams('?f_a=1')]);
  });

  it('is told nothing that it has said itself', () => {
    const { give } = show(app);
    say('t1', READY);
    const post = listen('t1');
    say('t1', params('?f_a=2'));
    give('t1', { ...app, search: '?f_a=2' });
    expect(post).not.toHaveBeenCalled();
  });

  it('is given back what its user chose before what it is started with, after it was gone', () => {
    const lent = createHost();
    const { unmount } = show({ ...app, search: '?f_a=1' }, lent);
    say('t1', READY);
    say('t1', params('?f_a=2'));
    unmount();
    show({ ...app, search: '?f_a=1' }, lent);
    const post = listen('t1');
    say('t1', READY);
    expect(post.mock.calls).toEqual([setParams('?f_a=2')]);
  });

  it('starts with its own filters where the guard has emptied what was kept', () => {
    const lent = createHost();
    const { unmount } = show(app, lent);
    say('t1', params('?f_a=2'));
    unmount();
    lent.host.searches.clear();
    show(app, lent);
    const post = listen('t1');
    say('t1', READY);
    expect(post).not.toHaveBeenCalled();
  });

  it('calls the newest onSearchChange', () => {
    const [old, newest] = [vi.fn(), vi.fn()];
    const { give } = show({ ...app, onSearchChange: old });
    give('t1', { ...app, onSearchChange: newest });
    say('t1', params('?f_a=1'));
    expect(old).not.toHaveBeenCalled();
    expect(newest).toHaveBeenCalledTimes(1);
  });

  it('keeps filters where it stands alone', () => {
    const { rerender } = render(frameElement('t1', app));
    say('t1', READY);
    say('t1', params('?f_a=1'));
    rerender(frameElement('t2', app));
    const post = listen('t2');
    say('t2', READY);
    expect(post.mock.calls).toEqual([setParams('?f_a=1')]);
  });

  it('is heard in the window that it stands in', () => {
    const place = document.body.appendChild(document.createElement('iframe'));
    const { contentDocument: other, contentWindow: view } = place;
    const onSearchChange = vi.fn();
    const { unmount } = render(createPortal(frameElement('t1', { ...app, onSearchChange }), other!.body));
    const source = other!.querySelector('iframe')!.contentWindow;
    fireEvent(view!, new MessageEvent('message', { data: params('?f_a=1'), origin: AI_HUB, source }));
    expect(onSearchChange).toHaveBeenCalledExactlyOnceWith('?f_a=1');
    unmount();
    place.remove();
  });

  it.each([{ dashboardId: 'board' }, { agentId: 'agent' }])('alone is listened to, not %j', (props) => {
    const { give } = show({ ...props, search: '?f_a=1' });
    load('t1');
    give('t2');
    const post = listen('t2');
    say('t2', READY, { origin: HUB });
    expect(tokens()).toEqual(['t1', 't2']);
    expect(post).not.toHaveBeenCalled();
  });
});

// React 18 has no Activity.
const Activity = (React as { Activity?: typeof React.Activity }).Activity;

describe.runIf(Activity)('an application that Activity hides', () => {
  function tree(lent: ReturnType<typeof createHost>, mode: 'visible' | 'hidden', props: Props) {
    const Shown = Activity!;
    return (
      <React.StrictMode>
        <Shown mode={mode}>
          <FrameHostContext.Provider value={lent.host}>
            {frameElement('t1', { applicationId: 'app', ...props })}
          </FrameHostContext.Provider>
        </Shown>
      </React.StrictMode>
    );
  }

  it('is heard while it is hidden: what it says once it doesn’t say again', () => {
    const lent = createHost();
    const onSearchChange = vi.fn();
    const { rerender, unmount } = render(tree(lent, 'visible', { onSearchChange, search: '?f_a=1' }));
    rerender(tree(lent, 'hidden', { onSearchChange, search: '?f_a=1' }));
    const post = listen('t1');
    say('t1', READY);
    say('t1', params('?f_a=2'));
    expect(onSearchChange).toHaveBeenCalledExactlyOnceWith('?f_a=2');
    rerender(tree(lent, 'visible', { onSearchChange, search: '?f_a=1' }));
    expect(isInView('t1')).toBe(true);
    expect(post.mock.calls, 'and revealing it takes nothing back').toEqual([setParams('?f_a=1')]);
    say('t1', params('?f_a=3'));
    expect(onSearchChange, 'each message once').toHaveBeenCalledTimes(2);
    unmount();
  });

  it('is no longer listened to once it has gone while hidden', () => {
    const add = vi.spyOn(document.defaultView!, 'addEventListener');
    const lent = createHost();
    const onSearchChange = vi.fn();
    const { rerender, unmount } = render(tree(lent, 'visible', { onSearchChange }));
    rerender(tree(lent, 'hidden', { onSearchChange }));
    const source = frameOf('t1').contentWindow;
    unmount();
    const listener = add.mock.calls.find(([name]) => name === 'message')?.[1] as EventListenerObject;
    const heard = vi.spyOn(listener, 'handleEvent');
    const message = () => new MessageEvent('message', { data: params('?f_a=1'), origin: AI_HUB, source });
    fireEvent(window, message());
    fireEvent(window, message());
    expect(heard, 'the first one is the last').toHaveBeenCalledTimes(1);
    expect(onSearchChange).not.toHaveBeenCalled();
  });
});

describe('a frame that the page’s own policy blocks', () => {
  function violate(init: Partial<SecurityPolicyViolationEvent> = {}, target: Document = document) {
    const event = new Event('securitypolicyviolation', { bubbles: true });
    const { blockedURI = HUB, disposition = 'enforce', effectiveDirective = 'frame-src' } = init;
    fireEvent(target, Object.assign(event, { blockedURI, disposition, effectiveDirective }));
  }
  const SHARE = `${HUB}/share/dashboard/board`;

  it.each([HUB, `${HUB}/`, SHARE, `${SHARE}?jwt=t1`])('is told once and uncovered: %s', (blockedURI) => {
    expectConsole(
      'error',
      /^UpsolveDashboardFrame: .*Content-Security-Policy.*Add https:\/\/hub\.upsolve\.ai to its frame-src/,
    );
    const { onBlocked } = show();
    violate({ blockedURI });
    violate({ blockedURI });
    load('t1');
    expect(onBlocked).toHaveBeenCalledTimes(1);
    expect(screen.queryByText('cover')).toBeNull();
  });

  it('is explained in one line without the token or the query', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    show({ dashboardId: 'board', dbAuthToken: 'db-secret' });
    violate({ blockedURI: `${SHARE}?jwt=t1&dbAuthToken=db-secret`, effectiveDirective: 'child-src' });
    expect(error).toHaveBeenCalledTimes(1);
    const line = String(error.mock.calls[0]);
    expect(line).toContain('Add https://hub.upsolve.ai to its child-src directive');
    expect(line).not.toMatch(/t1|secret|\?|share/);
  });

  it('counts as settled where it is the next one, and is told once more, but not explained again', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { onBlocked, give } = show();
    violate();
    give('t2');
    violate();
    expect(onBlocked).toHaveBeenCalledTimes(2);
    expect(error).toHaveBeenCalledTimes(1);
    expect(tokens()).toEqual(['t2']);
    expect(isInView('t2')).toBe(true);
  });

  it('is told in the document that it stands in', () => {
    expectConsole('error', /Content-Security-Policy/);
    const place = document.body.appendChild(document.createElement('iframe'));
    const lent = createHost();
    const { unmount } = render(
      <FrameHostContext.Provider value={lent.host}>
        {createPortal(frameElement('t1'), place.contentDocument!.body)}
      </FrameHostContext.Provider>,
    );
    violate();
    expect(lent.onBlocked).not.toHaveBeenCalled();
    violate({}, place.contentDocument!);
    expect(lent.onBlocked).toHaveBeenCalledTimes(1);
    unmount();
    place.remove();
  });

  it('is uncovered where it stands alone, too', () => {
    expectConsole('error', /Content-Security-Policy/);
    render(frameElement('t1'));
    violate();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it.each([
    ['a policy that only reports', { disposition: 'report' as const }],
    ['another directive', { effectiveDirective: 'img-src' }],
    ['frame-ancestors', { effectiveDirective: 'frame-ancestors' }],
    ['another origin', { blockedURI: 'https://hub.upsolve.ai.evil.example' }],
    ['another page of the origin', { blockedURI: `${HUB}/share/dashboard/other?jwt=x` }],
    ['no URL', { blockedURI: 'eval' }],
  ])('is not one that %s speaks of', (_what, init) => {
    const { onBlocked } = show();
    violate(init);
    expect(onBlocked).not.toHaveBeenCalled();
    expect(screen.getByText('cover')).toBeInTheDocument();
  });
});
