import { type CSSProperties, type ReactElement, useEffect, useLayoutEffect, useRef } from 'react';
import type { DashboardTenantProps } from 'react-upsolve-tenant';
import { fingerprint } from '../core/answer';
import { resolvePermissions } from '../core/permissions';

/** Calls that tell what happens to a fake dashboard; each gets the fingerprint of the token it runs on. */
export interface FakeDashboardCallbacks {
  /** It was mounted, which for a real dashboard is a full load. StrictMode mounts twice. */
  onMount?: ((tokenFingerprint: string) => void) | undefined;
  /** It was committed again, for whatever reason. */
  onUpdate?: ((tokenFingerprint: string) => void) | undefined;
  onUnmount?: ((tokenFingerprint: string) => void) | undefined;
}

export interface FakeUpsolveDashboardProps extends DashboardTenantProps, FakeDashboardCallbacks {
  /** Name of the region. @default 'Fake Upsolve dashboard' */
  title?: string | undefined;
  /** Whatever else the real dashboard takes; it changes nothing here. */
  [prop: string]: unknown;
}

const BOX: CSSProperties = { border: '1px solid currentColor', borderRadius: 8, padding: 16 };

/** A short name for a token, to tell two apart without showing either. The same text has the same one. */
export function getTokenFingerprint(token: string): string {
  return fingerprint(token);
}

/**
 * A dashboard that asks nobody. It shows which permissions are on and a fingerprint of its token, never the token, as
 * plain accessible markup for tests and stories to read.
 *
 * @throws Error without a token: a guard must never render a dashboard so.
 */
export function FakeUpsolveDashboard(props: FakeUpsolveDashboardProps): ReactElement {
  const { token, title = 'Fake Upsolve dashboard' } = props;
  if (!token) throw new Error('FakeUpsolveDashboard was rendered without a token. Render it inside a guard.');
  const tokenFingerprint = getTokenFingerprint(token);
  useReport(tokenFingerprint, props);
  const permissions = resolvePermissions(props.permissions);
  const granted = Object.keys(permissions).filter((name) => permissions[name]);
  return (
    <section aria-label={title} style={BOX}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>
        Token: <code>{tokenFingerprint}</code>
      </p>
      {granted.length === 0 ? (
        <p>No permissions</p>
      ) : (
        <ul aria-label="Permissions">
          {granted.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Tells the newest callbacks, after each commit. */
function useReport(tokenFingerprint: string, callbacks: FakeDashboardCallbacks): void {
  const newest = useRef({ tokenFingerprint, callbacks });
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    newest.current = { tokenFingerprint, callbacks };
  });
  useEffect(() => {
    const tell = (name: keyof FakeDashboardCallbacks): void => {
      newest.current.callbacks[name]?.(newest.current.tokenFingerprint);
    };
    tell('onMount');
    return () => {
      isFirst.current = true;
      tell('onUnmount');
    };
  }, []);
  useEffect(() => {
    if (!isFirst.current) callbacks.onUpdate?.(tokenFingerprint);
    isFirst.current = false;
  });
}
