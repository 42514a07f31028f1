import { type Handover, useTokenRefresh } from 'react-upsolve-tenant';
import type { Role } from '../../contract.ts';
import type { PanelProps } from './panelProps.ts';

const HANDOVERS: Record<Handover, string> = {
  'natural-break': 'at a break in the work',
  immediate: 'at once',
  'before-expiry': 'shortly before the old one ends',
};
const ROLES: Record<Role, string> = {
  Designer: 'a designer, may do all',
  Analyst: 'an analyst',
  Viewer: 'a viewer, may drill down',
  'Read only': 'to read only, without tabs',
};
const LIFETIMES = [10, 20, 45, 120, 600];

export function Switches({ session, onChange, view, onView }: Omit<PanelProps, 'isStandIn'>) {
  const { refresh } = useTokenRefresh();
  // The backend decides; the next token brings what it decided.
  const change = async (next: Parameters<PanelProps['onChange']>[0]): Promise<void> => {
    await onChange(next);
    void refresh();
  };
  const lifetimes = [...new Set([...LIFETIMES, session.tokenSeconds ?? 3_600])].sort((left, right) => left - right);

  return (
    <section aria-labelledby="switches">
      <h2 id="switches">User, handover and lifetime</h2>
      <label className="setting">
        The user is
        <select id="role" value={session.role} onChange={(event) => void change({ role: event.target.value as Role })}>
          {Object.entries(ROLES).map(([role, text]) => (
            <option key={role} value={role}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label className="setting">
        Hand over
        <select value={view.handover} onChange={(event) => onView({ handover: event.target.value as Handover })}>
          {Object.entries(HANDOVERS).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {session.tokenSeconds !== null && (
        <label className="setting">
          Tokens live
          <select
            id="lifetime"
            value={session.tokenSeconds}
            onChange={(event) => void change({ tokenSeconds: Number(event.target.value) })}
          >
            {lifetimes.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds < 120 ? `${seconds} s` : `${seconds / 60} min`}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}
