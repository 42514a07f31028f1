import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'react-upsolve-tenant/styles.css';
import { Analytics } from './Analytics';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <h1>Analytics</h1>
    <Analytics orgId="acme" />
  </StrictMode>,
);
