import { createRoot } from 'react-dom/client';
import { UpsolveDashboard } from '@upsolve/dashboard';
import type { SharedPage } from '../sharedPage.ts';
import { SharedApplication } from './SharedApplication.tsx';
import { SharedChat } from './SharedChat.tsx';
import './share.css';

const page = JSON.parse(document.getElementById('shared')!.textContent) as SharedPage;
const token = new URLSearchParams(location.search).get('jwt') ?? '';
document.documentElement.dataset.theme = page.theme;

createRoot(document.getElementById('root')!).render(
  <>
    {/* Not in the served page: it would be laid out, and then move, before the styles are there. */}
    <h1 className="unseen">Shared from Upsolve</h1>
    <Shared {...page} />
  </>,
);

function Shared({ kind, id, theme, permissions }: SharedPage) {
  if (!permissions) {
    return (
      <div className="refused">
        <h2>401</h2>
        <p>This link carries no valid token. It may have expired.</p>
      </div>
    );
  }
  if (kind === 'chat') return <SharedChat token={token} />;
  if (kind === 'application')
    return <SharedApplication token={token} permissions={permissions} id={id} theme={theme} />;
  return <UpsolveDashboard token={token} permissions={permissions} dashboardId={id} theme={theme} />;
}
