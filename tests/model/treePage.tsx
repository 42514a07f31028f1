import { act, cleanup, render } from '@testing-library/react';
import * as React from 'react';
import { memo, type ReactElement, type ReactNode, startTransition, StrictMode, useLayoutEffect, useState } from 'react';
import {
  SecureUpsolveDashboard,
  UpsolveTenantProvider,
  type TenantSnapshot,
  type UpsolveTenantProviderProps,
  type UseUpsolveTenantResult,
  useTokenRefresh,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { sessionName } from '../../src/core/options';
import { echoOf } from './answers';
import type { ModelPage } from './modelPage';
import type { PageParts } from './modelRun';
import type { TargetName } from './scenario';

/** React 18 has none. */
const Activity = (React as Partial<typeof React>).Activity;

type Permissions = Readonly<Record<string, boolean>>;
interface Seen {
  readonly tenant: UseUpsolveTenantResult;
  readonly snapshot: TenantSnapshot;
}

/** A dashboard that shows whose it is: what the model looks at is the page itself. */
const Dashboard = memo(function Dashboard({ token, permissions }: { token: string; permissions: Permissions }) {
  return <output data-token={token} data-permissions={JSON.stringify(permissions)} />;
});

/** A page that was left keeps its hub for as long as it keeps a token, so the next one may meet its channel. */
const channels = new Set<FakeChannel>();

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    channels.add(this);
  }
  postMessage(): void {}
  close(): void {
    channels.delete(this);
  }
}

/** A provider with two guards and both hooks, in StrictMode, under an Activity that hides and reveals it. */
export function createTreePage({ first, options, onChange, onRender }: PageParts): ModelPage {
  let seen!: Seen;
  let show: (next: { target: TargetName; isShown: boolean }) => void;
  let host = { target: first, isShown: true };
  // What goes wrong here was ordered, so no developer is told of it.
  const fetch = ((...asked) => options.fetch?.(...asked)) as typeof globalThis.fetch;
  Object.defineProperty(fetch, Symbol.for('react-upsolve-tenant.silent'), { value: true });

  const BroadcastChannel = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel');
  Object.defineProperty(globalThis, 'BroadcastChannel', { configurable: true, writable: true, value: FakeChannel });

  function Probe({ wanted }: { wanted: TargetName }): ReactNode {
    const tenant = useUpsolveTenant();
    const progress = useTokenRefresh();
    if (tenant.tenant) onRender(wanted, tenant.tenant.token);
    const { status } = tenant;
    const identity = status === 'idle' ? null : String(wanted);
    seen = { tenant, snapshot: { identity, echoedIdentity: null, state: tenant, progress, end: null } };
    useLayoutEffect(onChange, [tenant, progress]);
    return null;
  }

  function Page(): ReactElement {
    const [{ target, isShown }, setHost] = useState(host);
    show = setHost;
    const props = { ...options, fetch, ...propsOf(target) } as UpsolveTenantProviderProps;
    const page = (
      <UpsolveTenantProvider {...props}>
        <Probe wanted={target} />
        <SecureUpsolveDashboard dashboard={Dashboard} handover="immediate" />
        <SecureUpsolveDashboard>
          {({ token, permissions }) => {
            onRender(target, token);
            return <Dashboard token={token} permissions={permissions} />;
          }}
        </SecureUpsolveDashboard>
      </UpsolveTenantProvider>
    );
    return Activity ? <Activity mode={isShown ? 'visible' : 'hidden'}>{page}</Activity> : page;
  }

  function set(next: Partial<typeof host>, isTransition = false): void {
    host = { ...host, ...next };
    const target = host;
    inAct(() => (isTransition ? startTransition(() => show(target)) : show(target)));
  }

  const dispatch = (on: EventTarget, type: string, init: object = {}): void =>
    inAct(() => void on.dispatchEvent(Object.assign(new window.Event(type), init)));

  setVisibility('visible');
  const { container } = render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );

  return {
    kind: 'tree',
    canRest: Activity !== undefined,
    switchTo: (target, isTransition) => set({ target }, isTransition),
    setVisible(isVisible) {
      setVisibility(isVisible ? 'visible' : 'hidden');
      dispatch(document, 'visibilitychange');
    },
    wake: () => dispatch(window, 'focus'),
    enterCache: () => dispatch(window, 'pagehide', { persisted: true }),
    leaveCache: () => dispatch(window, 'pageshow', { persisted: true }),
    stop: () => set({ isShown: false }),
    start: () => set({ isShown: true }),
    destroy() {
      cleanup();
      if (BroadcastChannel) Object.defineProperty(globalThis, 'BroadcastChannel', BroadcastChannel);
    },
    refresh: () => inAct(() => seen.tenant.refresh()),
    retry: () => inAct(() => seen.tenant.retry()),
    clear: () => inAct(() => seen.tenant.clear()),
    clearElsewhere() {
      const data = sessionName({ ...options, ...propsOf(host.target), baseUrl: document.baseURI });
      inAct(() => [...channels].forEach((channel) => channel.onmessage?.({ data })));
    },
    getSnapshot: () => seen.snapshot,
    getPublished: () => seen.snapshot,
    getShown: () =>
      [...container.querySelectorAll<HTMLElement>('[data-token]')].map(({ dataset }) => ({
        token: dataset['token'] ?? '',
        permissions: JSON.parse(dataset['permissions'] ?? '{}') as Permissions,
      })),
  };
}

function propsOf(target: TargetName): { tenantId: string | null | undefined; sessionKey?: string } {
  if (target === null) return { tenantId: null };
  // Without a name for the session no other tab could clear it.
  if (target === 'solo') return { tenantId: undefined, sessionKey: target };
  return { tenantId: echoOf(target), sessionKey: target };
}

/** While act() flushes, a callback of the app may do something again: that belongs to the same flush. */
let isActing = false;

/** act() takes what a callback returns for its own; here it is the caller's. */
function inAct<Result>(run: () => Result): Result {
  if (isActing) return run();
  isActing = true;
  try {
    let result!: Result;
    act(() => {
      result = run();
    });
    return result;
  } finally {
    isActing = false;
  }
}

/** For what runs by itself. */
export async function aroundWork(work: () => Promise<void>): Promise<void> {
  isActing = true;
  try {
    await act(work);
  } finally {
    isActing = false;
  }
}

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
}
