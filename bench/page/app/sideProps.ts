import type { Clock } from 'react-upsolve-tenant';

export interface SideProps {
  readonly dashboards: number;
  /** Where share pages come from; undefined: the dashboard is native. */
  readonly share: string | undefined;
  /** For the package, which limits how often it may be asked. What is written by hand does not. */
  readonly clock?: Clock | undefined;
}

export const ENDPOINT = '/upsolve/tenant/register';
export const FRAME_HEIGHT_PX = 400;
