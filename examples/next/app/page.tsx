import { connection } from 'next/server';
import { Suspense } from 'react';
import { Analytics } from './Analytics';
import { handler, identify } from './upsolve';

export default function Page() {
  return (
    <main>
      <h1>Analytics</h1>
      <Suspense fallback={<p>Loading…</p>}>
        <SignedIn />
      </Suspense>
    </main>
  );
}

/** Reads the session, so Next renders it anew for each request and keeps it in no cache. */
async function SignedIn() {
  const identity = await identify();
  if (!identity) return <p>Nobody is signed in.</p>;
  // A token is for a page that is opened: Next makes none ahead of that.
  await connection();
  return <Analytics orgId={identity.tenantId} initialTenant={await handler.tenantFor(identity)} />;
}
