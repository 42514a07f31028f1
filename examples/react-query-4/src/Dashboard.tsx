import type { UpsolvePermissions } from 'react-upsolve-tenant';

/**
 * Here goes your own: `UpsolveDashboard` of `@upsolve/dashboard`, or `UpsolveDashboardFrame` of `react-upsolve-tenant`.
 * This one gets what they get, and draws whose data the token opens.
 */
export function Dashboard({ token, permissions }: { token: string; permissions: UpsolvePermissions }) {
  return (
    <section aria-label="Dashboard">
      <h2>{readDisplayName(token)}</h2>
      <button disabled={!permissions.addChart}>Add chart</button>
    </section>
  );
}

function readDisplayName(token: string): string {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as { data: { displayName: string } };
  return claims.data.displayName;
}
