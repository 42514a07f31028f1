import { type CSSProperties, useState } from 'react';
import type { FakeTenantState } from 'react-upsolve-tenant/testing';
import looks from '../../src/react/guard/looks.ts?raw';
import panels from '../../src/react/guard/panels.tsx?raw';
import css from '../../src/styles.css?raw';
import { HeldGuard } from '../bench/HeldStates';
import { DARK_THEME, LIGHT_THEME } from '../bench/themes';
import { parseCustomProperties, readFallback } from './styleSheet';

const CODE = looks + panels;
const PROPERTIES = parseCustomProperties(css).map((property) => ({
  ...property,
  value: readFallback(CODE, property.name) ?? '',
}));
const SCHEMES = ['light', 'dark'] as const;
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

/**
 * Every custom property with what it falls back to, in words and as it looks in both schemes. Type a value beside one and see
 * three guards take it; an empty one is the default.
 */
export function PropertyBench() {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return (
    <>
      <p className="sb-unstyled" style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {Object.entries(START).map(([name, theme]) => (
          <button key={name} type="button" onClick={() => setValues(theme)}>
            {name}
          </button>
        ))}
      </p>
      <div
        className="sb-unstyled"
        style={{
          display: 'grid',
          gap: '1rem',
          gridTemplateColumns: 'repeat(auto-fit, minmax(13rem, 1fr))',
          ...({ '--upsolve-min-height': '14rem', ...set } as CSSProperties),
        }}
      >
        {Object.entries(STATES).map(([name, state]) => (
          <HeldGuard key={name} state={state} title={name} style={{ height: '14rem', overflow: 'hidden' }} />
        ))}
      </div>
      <div className="wide" role="group" aria-label="Custom properties" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Property</th>
              <th scope="col">What it is for</th>
              <th scope="col">Default</th>
              <th scope="col">In light and dark</th>
              <th scope="col">Yours</th>
            </tr>
          </thead>
          <tbody>
            {PROPERTIES.map(({ name, describes, fallback, value }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{describes}</td>
                <td>{fallback}</td>
                <td>
                  <Swatches value={value} />
                </td>
                <td>
                  <input
                    aria-label={name}
                    size={10}
                    value={values[name] ?? ''}
                    onChange={({ target }) => setValues({ ...values, [name]: target.value })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A colour in both schemes. What is no colour is a length, and its words say it. */
function Swatches({ value }: { value: string }) {
  const colour = value === 'inherit' ? 'currentColor' : value;
  if (!CSS.supports('background-color', colour)) return '–';
  return (
    <span className="swatches">
      {SCHEMES.map((scheme) => (
        <span
          key={scheme}
          className={`swatch swatch--${scheme}`}
          role="img"
          aria-label={`${value} in ${scheme}`}
          title={`${value} in ${scheme}`}
        >
          <span style={{ background: colour }} />
        </span>
      ))}
    </span>
  );
}
