import { useUpsolveTenant } from 'react-upsolve-tenant';

interface HeaderProps {
  tenants: readonly { id: string; name: string }[];
  tenantId: string | undefined;
  onTenant: (tenantId: string) => Promise<void>;
  onSignOut: () => void;
}

export function Header({ tenants, tenantId, onTenant, onSignOut }: HeaderProps) {
  const { clear } = useUpsolveTenant();
  return (
    <header className="bar">
      <div className="what">
        <h1>react-upsolve-tenant</h1>
        <p>
          Embeds an Upsolve dashboard in a React app: its token comes from your own backend, is renewed in time, and
          nothing is shown without a good one.
        </p>
      </div>
      {tenantId !== undefined && (
        <div className="row">
          <label className="inline">
            Tenant
            <select id="tenant" value={tenantId} onChange={(event) => void onTenant(event.target.value)}>
              {tenants.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            onClick={() => {
              clear();
              onSignOut();
            }}
          >
            Sign out
          </button>
        </div>
      )}
    </header>
  );
}
