import { explainUnknownFlags } from '../core/diagnosis';
import {
  findFlags,
  GRANTS,
  isKnownFlag,
  parsePermissions,
  RESTRICTIONS,
  type UpsolvePermissions,
} from '../core/permissions';
import type { Findings } from './findings';

const KNOWN: readonly string[] = [...GRANTS, ...RESTRICTIONS];

/** What an answer says of permissions, read by the client's own code; undefined where it says nothing. */
export function judgeFlags(step: string, body: unknown, findings: Findings): UpsolvePermissions | undefined {
  const permissions = parsePermissions(body);
  if (!permissions) return undefined;
  const strange = Object.entries(findFlags(body) ?? {}).filter(
    ([name, value]) => typeof value !== 'boolean' && value != null && isKnownFlag(name),
  );
  if (strange.length > 0) {
    const names = strange.map(([name]) => name).join(', ');
    findings.fault(step, strange.length > 1 ? `${names} are no booleans` : `${names} is no boolean`, {
      value: strange[0]?.[1],
      cure: 'Send true or false. A grant counts only as exactly true; a restriction counts unless it is absent, null, false or 0.',
    });
  }
  const unknown = Object.keys(permissions).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) {
    findings.advise(step, explainUnknownFlags(unknown), { cure: `Known are ${KNOWN.join(', ')}.` });
  }
  const granted = GRANTS.filter((name) => permissions[name]);
  const restricted = RESTRICTIONS.filter((name) => permissions[name]);
  const effective = [...granted, ...restricted].join(', ') || 'none';
  findings.holds(step, `permissions are read; in effect: ${effective}`);
  return permissions;
}
