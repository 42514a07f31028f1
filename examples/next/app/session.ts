import { cookies } from 'next/headers';

interface Session {
  orgId: string;
  orgName: string;
  permissions: { addChart: boolean };
}

/** Stands for your own: look up who the cookie belongs to. Here everybody is signed in to Acme. */
export async function getSession(): Promise<Session | null> {
  await cookies();
  return { orgId: 'acme', orgName: 'Acme', permissions: { addChart: true } };
}
