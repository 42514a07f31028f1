import { fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, version } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectConsole } from '../../setup/console';
import { frameElement, frameOf, frames, HUB, load, pass, show, tokens } from './stage';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the element', () => {
  it('is named, private and sends no referrer', () => {
    show();
    const frame = screen.getByTitle('Sales');
    expect(frame).toHaveAttribute('referrerpolicy', 'no-referrer');
    expect(frame).toHaveClass('upsolve-tenant__frame', 'rr-block', 'sentry-block', 'ph-no-capture');
    expect(frame).toHaveAttribute('data-private');
    expect(frame).toHaveAttribute('src', `${HUB}/share/dashboard/board?jwt=t1`);
  });

  it('takes its name from title before the labels', () => {
    show({ dashboardId: 'board', title: 'Umsatz' });
    expect(screen.getByTitle('Umsatz')).toBeInTheDocument();
  });

  it('may go full screen and copy, unless it is told otherwise', () => {
    const { give } = show();
    expect(frameOf('t1')).toHaveAttribute('allow', 'fullscreen; clipboard-write');
    expect(frameOf('t1')).not.toHaveAttribute('sandbox');
    give('t1', { dashboardId: 'board', allow: '', sandbox: 'allow-scripts' });
    expect(frameOf('t1')).toHaveAttribute('allow', '');
    expect(frameOf('t1')).toHaveAttribute('sandbox', 'allow-scripts');
  });

  it('gives its id to one frame at a time', () => {
    const { give } = show({ dashboardId: 'board', id: 'main' });
    load('t1');
    give('t2');
    expect(frameOf('t1').id).toBe('main');
    expect(frameOf('t2')).not.toHaveAttribute('id');
    load('t2');
    pass(2_000);
    expect(frameOf('t2').id).toBe('main');
  });

  it('takes class and style for the box around it', () => {
    const { container } = show({ dashboardId: 'board', className: 'wide', style: { height: '30rem' } });
    expect(container.firstElementChild).toHaveClass('upsolve-tenant__frames', 'wide');
    expect(container.firstElementChild).toHaveStyle({ height: '30rem' });
  });

  it.each([undefined, null, '', 7, {}])('is not there with %j for a token', (token) => {
    const { container } = render(frameElement(token as string));
    expect(container).toBeEmptyDOMElement();
  });

  it('tells the app of each load', () => {
    const onFrameLoad = vi.fn();
    const { give } = show({ dashboardId: 'board', onFrameLoad });
    load('t1');
    give('t2');
    load('t2');
    expect(onFrameLoad.mock.calls).toEqual([[frameOf('t1')], [frameOf('t2')]]);
  });

  it('is given the page’s own origin where it is an application', () => {
    show({ applicationId: 'app' });
    expect(new URL(frames()[0]!.src).searchParams.get('parentOrigin')).toBe(document.defaultView!.origin);
  });

  it('stands alone with texts of its own', () => {
    render(frameElement('t1'));
    expect(screen.getByRole('status')).toHaveTextContent('Loading dashboard…');
    load('t1');
    expect(screen.queryByRole('status')).toBeNull();
    expect(screen.getByTitle('Dashboard')).toBeInTheDocument();
  });

  it('is in no served markup, whose load event nobody would hear', () => {
    // This server has a document, which React 18 takes for a mistake.
    if (version.startsWith('18')) expectConsole('error', /useLayoutEffect does nothing on the server/);
    const html = renderToString(frameElement('t1'));
    expect(html).not.toContain('<iframe');
    expect(html).not.toContain('t1');
    expect(html).toContain('Loading dashboard…');
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = html;
    render(frameElement('t1'), { container, hydrate: true });
    expect(tokens()).toEqual(['t1']);
  });
});

describe('a wrong option', () => {
  it('shows the error panel and is explained once on the console', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { rerender } = render(<StrictMode>{frameElement('secret-token', {})}</StrictMode>);
    rerender(<StrictMode>{frameElement('secret-token', {})}</StrictMode>);
    expect(frames()).toEqual([]);
    expect(screen.getByRole('alert')).toHaveTextContent('isn’t set up');
    expect(screen.queryByRole('button')).toBeNull();
    expect(error.mock.calls).toEqual([
      [expect.stringMatching(/^UpsolveDashboardFrame: .*dashboardId.*agentId.*applicationId/)],
    ]);
    rerender(
      <StrictMode>{frameElement('secret-token', { dashboardId: 'a', baseUrl: 'http://bi.example' })}</StrictMode>,
    );
    expect(error).toHaveBeenCalledTimes(2);
    expect(error.mock.calls[1]?.[0]).toMatch(/insecure_endpoint: baseUrl/);
    expect(JSON.stringify(error.mock.calls)).not.toContain('secret-token');
  });

  it('is explained again where it was right in between', () => {
    expectConsole('error', /one of dashboardId/);
    const { give } = show({});
    give('t1', { dashboardId: 'board' });
    expect(tokens()).toEqual(['t1']);
    give('t1', {});
    expect(frames()).toEqual([]);
  });

  it('is quiet in a page without a process', async () => {
    vi.resetModules();
    // What is loaded so would stay as quiet in the files that this worker runs next.
    onTestFinished(() => void vi.resetModules());
    vi.stubGlobal('process', undefined);
    const { UpsolveDashboardFrame } = await import('../../../src/react/frame/UpsolveDashboardFrame');
    vi.unstubAllGlobals();
    render(<UpsolveDashboardFrame dashboardId="" token="t1" />);
    expect(screen.getByRole('alert')).toBeInTheDocument();
  });
});

describe('the theme', () => {
  const theme = (token: string) => new URL(frameOf(token).src).searchParams.get('theme');
  const setScheme = (scheme: string) =>
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(scheme) }));
  const system = { dashboardId: 'board', theme: 'system' } as const;

  it('of the system goes over at the next handover only', () => {
    setScheme('light');
    const { give } = show(system);
    load('t1');
    const running = frameOf('t1');
    setScheme('dark');
    give('t1');
    pass(60_000);
    expect(frames()).toEqual([running]);
    expect(theme('t1')).toBe('light');
    give('t2');
    expect([theme('t1'), theme('t2')]).toEqual(['light', 'dark']);
    setScheme('light');
    give('t2');
    expect([theme('t1'), theme('t2')]).toEqual(['light', 'dark']);
  });

  it('that the app changes loads behind the running frame', () => {
    const { give } = show({ dashboardId: 'board', theme: 'light' });
    load('t1');
    give('t1', { dashboardId: 'board', theme: 'dark' });
    expect(frames().map((frame) => new URL(frame.src).searchParams.get('theme'))).toEqual(['light', 'dark']);
  });

  it('costs only itself where the page can’t be asked', () => {
    show(system);
    expect(theme('t1')).toBeNull();
    fireEvent.load(frameOf('t1'));
  });
});
