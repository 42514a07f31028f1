interface Session {
  orgId: string;
  orgName: string;
  permissions: { addChart: boolean };
}

/** Stands for your own: look up who the request's cookie belongs to. Here everybody is signed in to Acme. */
export async function getSession(_request: Request): Promise<Session | null> {
  return { orgId: 'acme', orgName: 'Acme', permissions: { addChart: true } };
}
