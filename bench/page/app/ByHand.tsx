import { createContext, Fragment, type ReactElement, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { Child, Native } from './Native';
import { seen, useCommitCount } from './seen';
import { ENDPOINT, FRAME_HEIGHT_PX, type SideProps } from './sideProps';
import { type UpsolveToken, useUpsolveToken } from './useUpsolveToken';

/** The hook in each component that wants a token: how it starts in most code bases. */
export function ByHandEach({ dashboards, share }: SideProps): ReactElement[] {
  return Array.from({ length: dashboards }, (_, index) => <Alone key={index} share={share} />);
}

function Alone({ share }: Pick<SideProps, 'share'>): ReactElement {
  return <Shown {...useUpsolveToken(ENDPOINT)} share={share} />;
}

/** The hook once, in a component of the host that renders the rest. */
export function ByHandInHost({ dashboards, share }: SideProps): ReactElement {
  const token = useUpsolveToken(ENDPOINT);
  return (
    <>
      <Child />
      {Array.from({ length: dashboards }, (_, index) => (
        <Shown key={index} {...token} share={share} />
      ))}
    </>
  );
}

const TokenContext = createContext<UpsolveToken | null>(null);

/** The hook once, in a provider: how it ends where somebody cared. */
export function ByHandContext({ dashboards, share }: SideProps): ReactElement {
  return (
    <TokenProvider>
      <Child />
      {Array.from({ length: dashboards }, (_, index) => (
        <Fragment key={index}>
          <Reader />
          <FromContext share={share} />
        </Fragment>
      ))}
    </TokenProvider>
  );
}

function TokenProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const { token, permissions, error, refresh } = useUpsolveToken(ENDPOINT);
  const value = useMemo(() => ({ token, permissions, error, refresh }), [token, permissions, error, refresh]);
  return <TokenContext.Provider value={value}>{children}</TokenContext.Provider>;
}

function useToken(): UpsolveToken {
  const value = useContext(TokenContext);
  if (!value) throw new Error('No TokenProvider is above.');
  return value;
}

function Reader(): ReactElement {
  const { permissions } = useToken();
  useCommitCount('reader');
  return <p>{permissions['addChart'] ? 'May add' : 'May look'}</p>;
}

function FromContext({ share }: Pick<SideProps, 'share'>): ReactElement {
  return <Shown {...useToken()} share={share} />;
}

function Shown({ token, permissions, error, refresh, share }: UpsolveToken & Pick<SideProps, 'share'>): ReactElement {
  useEffect(() => {
    seen.refresh = refresh;
  });
  if (!token) return <p role="status">{error ? 'That failed.' : 'Loading…'}</p>;
  if (share === undefined) return <Native token={token} permissions={permissions} />;
  const src = `${share}/share/dashboard/board?jwt=${token}`;
  return <iframe id="plain" title="Sales" src={src} style={{ width: '100%', height: FRAME_HEIGHT_PX, border: 0 }} />;
}
