import type { CSSProperties } from 'react';
import { type DashboardTenantProps, SecureUpsolveDashboard } from 'react-upsolve-tenant';

const LOW = { '--upsolve-min-height': '9rem' } as CSSProperties;

/** Three guards below one provider: one request, one token. */
export function ThreeTiles() {
  return (
    <div style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))' }}>
      {['Sales', 'Support', 'Stock'].map((title) => (
        <SecureUpsolveDashboard key={title} title={title} dashboard={SmallDashboard} style={LOW} />
      ))}
    </div>
  );
}

function SmallDashboard({ title, token }: DashboardTenantProps & { title?: string }) {
  return (
    <p style={{ margin: 0, padding: '1rem', border: '1px solid', borderRadius: 8 }}>
      Figures of {title}, {token === '' ? 'without' : 'with'} a token
    </p>
  );
}
