import type { DemoSessionChange, DemoState } from '../contract.ts';

/** The app's own session, which the package knows nothing of. */
export const demoApi = {
  state: (): Promise<DemoState> => ask('GET'),
  signIn: (tenantId: string): Promise<DemoState> => ask('POST', { tenantId }),
  change: (change: DemoSessionChange): Promise<DemoState> => ask('PATCH', change),
  signOut: (): Promise<DemoState> => ask('DELETE'),
};

async function ask(method: string, body?: unknown): Promise<DemoState> {
  const response = await fetch('/demo/session', {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!response.ok) throw new Error(`The demo's backend answered ${response.status}.`);
  return (await response.json()) as DemoState;
}
