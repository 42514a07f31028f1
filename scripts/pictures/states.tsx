import { createRoot } from 'react-dom/client';
import { UpsolveDashboard } from '@upsolve/dashboard';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { FakeUpsolveTenantProvider, type FakeTenantState } from 'react-upsolve-tenant/testing';
import 'react-upsolve-tenant/styles.css';
import './states.css';

const nextAttemptAt = new Date(Date.now() + 8_000);
const tenant = { displayName: 'Acme' };

const STATES: { text: string; state: FakeTenantState }[] = [
  { text: 'The first token is on its way', state: { status: 'loading' } },
  { text: 'There is a good token', state: { status: 'ready', tenant } },
  {
    text: 'A refresh fails, the token is still good',
    state: { status: 'ready', tenant, error: 'network', nextAttemptAt },
  },
  { text: 'The token has ended', state: { status: 'expired' } },
  { text: 'No token comes', state: { status: 'error', error: 'server', nextAttemptAt } },
  { text: 'The session has ended', state: { status: 'error', error: 'unauthenticated' } },
];

createRoot(document.getElementById('root')!).render(
  STATES.map(({ text, state }) => (
    <figure key={text}>
      <div className="place">
        <FakeUpsolveTenantProvider state={state} dashboard={UpsolveDashboard}>
          <SecureUpsolveDashboard theme="light" />
        </FakeUpsolveTenantProvider>
      </div>
      <figcaption>{text}</figcaption>
    </figure>
  )),
);
