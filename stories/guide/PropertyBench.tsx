import { type CSSProperties, useState } from 'react';
import { SecureUpsolveDashboard } from 'react-upsolve-tenant';
import { FakeUpsolveTenantProvider, type FakeTenantState } from 'react-upsolve-tenant/testing';
import css from '../../src/styles.css?raw';
import { DARK_THEME, LIGHT_THEME } from '../bench/themes';
import { parseCustomProperties } from './customProperties';

const PROPERTIES = parseCustomProperties(css);
const STATES: Readonly<Record<string, FakeTenantState>> = {
  Loading: { status: 'loading' },
  Error: { status: 'error', error: 'unauthenticated' },
  Notice: { status: 'ready', error: 'server' },
};
const START: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Its own looks': {},
  'A light theme': LIGHT_THEME,
  'A dark theme': DARK_THEME,
};

/** Type a value beside a property and see three guards take it. An empty one is the default. */
export function PropertyBench() {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return (
    <>
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {Object.entries(START).map(([name, theme]) => (
          <button key={name} type="button" onClick={() => setValues(theme)}>
            {name}
          </button>
        ))}
      </p>
      <div
        style={{
          display: 'grid',
          gap: '1rem',
          gridTemplateColumns: 'repeat(auto-fit, minmax(14rem, 1fr))',
          ...({ '--upsolve-min-height': '14rem', ...set } as CSSProperties),
        }}
      >
        {Object.entries(STATES).map(([name, state]) => (
          <FakeUpsolveTenantProvider key={name} state={state}>
            <SecureUpsolveDashboard title={name} />
          </FakeUpsolveTenantProvider>
        ))}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Property</th>
            <th scope="col">What it is for</th>
            <th scope="col">Default</th>
            <th scope="col">Yours</th>
          </tr>
        </thead>
        <tbody>
          {PROPERTIES.map(({ name, describes, fallback }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{describes}</td>
              <td>{fallback}</td>
              <td>
                <span style={{ display: 'flex', gap: '0.5rem', alignItems: 'center' }}>
                  <Swatch value={values[name]} />
                  <input
                    aria-label={name}
                    size={10}
                    value={values[name] ?? ''}
                    onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Swatch({ value }: { value: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      style={{ width: 16, height: 16, flex: 'none', border: '1px solid', borderRadius: 4, background: value ?? 'none' }}
    />
  );
}
