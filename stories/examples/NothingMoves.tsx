import { SecureUpsolveDashboard } from 'react-upsolve-tenant';

/** A guard with a height of its own: what stands below it stays where it is. */
export function NothingMoves() {
  return (
    <>
      <SecureUpsolveDashboard title="Sales" style={{ height: '22rem', overflow: 'auto' }} />
      <p style={{ margin: 0 }}>Below the dashboard</p>
    </>
  );
}
