import { useTokenRefresh, useUpsolveTenant } from 'react-upsolve-tenant';

export function Toolbar() {
  const { status } = useUpsolveTenant();
  const { refresh, isRefreshing, isHandoverPending, handoverNow } = useTokenRefresh();
  return (
    <p>
      <span>{status}</span>
      <button disabled={isRefreshing} onClick={() => void refresh()}>
        Refresh
      </button>
      {isHandoverPending && <button onClick={handoverNow}>Load the newest data</button>}
    </p>
  );
}
