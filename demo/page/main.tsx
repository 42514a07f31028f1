import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'react-upsolve-tenant/styles.css';
import './demo.css';
import { App } from './App.tsx';
import { demoApi } from './demoApi.ts';

const root = createRoot(document.getElementById('root')!);
const state = await demoApi.state();
root.render(
  <StrictMode>
    <App initialState={state} />
  </StrictMode>,
);
