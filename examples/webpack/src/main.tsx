import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'react-upsolve-tenant/styles.css';
import { Analytics } from './Analytics';
import { Greeting } from './Greeting';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <Greeting />
      <Analytics orgId="acme" />
    </QueryClientProvider>
  </StrictMode>,
);
