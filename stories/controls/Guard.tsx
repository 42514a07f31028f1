import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { type GuardArgs, readGuardProps } from './guardArgs';

/** The guard as the controls of a story say. */
export function Guard(args: GuardArgs) {
  return <SecureUpsolveDashboard {...readGuardProps(args)} />;
}
Guard.displayName = 'SecureUpsolveDashboard';
