import { useUpsolveTenant } from 'react-upsolve-tenant';

interface HeaderProps {
  tenants: readonly { id: string; name: string }[];
  tenantId: string | undefined;
  onTenant: (tenantId: string) => void;
  onSignOut: () => void;
}

export function Header({ tenants, tenantId, onTenant, onSignOut }: HeaderProps) {
  const { clear } = useUpsolveTenant();
  return (
    <header className="bar">
      <h1>
        react-upsolve-tenant <span>the demo</span>
      </h1>
      {tenantId !== undefined && (
        <div className="row">
          <label className="inline">
            Tenant
            <select id="tenant" value={tenantId} onChange={(event) => onTenant(event.target.value)}>
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
