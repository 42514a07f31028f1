import { Fragment, type ReactElement, useEffect } from 'react';
import {
  SecureUpsolveDashboard,
  UpsolveDashboardFrame,
  UpsolveTenantProvider,
  useUpsolveTenant,
} from 'react-upsolve-tenant';
import { Child, Native } from './Native';
import { seen, useCommitCount } from './seen';
import { ENDPOINT, FRAME_HEIGHT_PX, type SideProps } from './sideProps';

export function Ours({ dashboards, share, clock }: SideProps): ReactElement {
  return (
    <UpsolveTenantProvider endpoint={ENDPOINT} tenantId="acme" clock={clock}>
      <Child />
      {Array.from({ length: dashboards }, (_, index) => (
        <Fragment key={index}>
          <Reader />
          <Guard share={share} />
        </Fragment>
      ))}
    </UpsolveTenantProvider>
  );
}

function Reader(): ReactElement {
  const { refresh, can } = useUpsolveTenant();
  useCommitCount('reader');
  useEffect(() => {
    seen.refresh = refresh;
  });
  return <p>{can('addChart') ? 'May add' : 'May look'}</p>;
}

function Guard({ share }: Pick<SideProps, 'share'>): ReactElement {
  if (share === undefined) return <SecureUpsolveDashboard dashboard={Native} handover="immediate" />;
  const framed = { dashboardId: 'board', title: 'Sales', baseUrl: share, style: { height: FRAME_HEIGHT_PX } };
  return <SecureUpsolveDashboard dashboard={UpsolveDashboardFrame} {...framed} handover="immediate" />;
}
