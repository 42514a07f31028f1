import { UpsolveDashboardFrame } from 'react-upsolve-tenant';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { FakeTenantState } from 'react-upsolve-tenant/testing';
import css from '../../src/styles.css?raw';
import { HeldGuard } from '../bench/HeldStates';
import { SHARE_HOST } from '../bench/shareHost';
import { parseClassNames } from './styleSheet';

const CLASSES = parseClassNames(css);
const ACME = { id: 'acme', displayName: 'Acme', permissions: {} };

/** States that together show every class. */
const SHOWN: readonly { name: string; state: FakeTenantState; isFramed?: boolean }[] = [
  { name: 'An error', state: { status: 'error', error: 'unauthenticated' } },
  { name: 'Loading', state: { status: 'loading' } },
  { name: 'A notice over a dashboard', state: { status: 'ready', tenant: ACME, error: 'server' } },
  { name: 'A framed dashboard', state: { status: 'ready', tenant: ACME }, isFramed: true },
];

/** The same elements at each render: a number that moves draws no guard anew, which would move it again. */
const GUARDS = SHOWN.map(({ name, state, isFramed }) => (
  <figure key={name} className="anatomy__guard">
    <HeldGuard
      state={state}
      title={name}
      style={{ height: '16rem', overflow: 'hidden' }}
      {...(isFramed && { dashboard: UpsolveDashboardFrame, dashboardId: 'sales', baseUrl: SHARE_HOST })}
    />
    <figcaption>{name}</figcaption>
  </figure>
));

interface Marker {
  readonly number: number;
  /** Parts that begin in one corner have their numbers side by side. */
  readonly shift: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The guard as it is, with a number at each part that has a class of its own. */
export function Anatomy() {
  const picture = useRef<HTMLDivElement>(null);
  const markers = useMarkers(picture);
  return (
    <>
      <div className="anatomy sb-unstyled">
        <div ref={picture} className="anatomy__guards" inert>
          {GUARDS}
        </div>
        {markers.map(({ number, shift, ...place }) => (
          <span key={number} className="anatomy__part" style={place} aria-hidden="true">
            <span className="anatomy__number" style={{ translate: `${shift * 1.375}rem` }}>
              {number}
            </span>
          </span>
        ))}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Class</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {CLASSES.map(({ name, describes }, index) => (
            <tr key={name} data-is-marked={markers.some(({ number }) => number === index + 1)}>
              <td>{index + 1}</td>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{describes}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Where the parts are, by the page itself, again with each change in it. */
function useMarkers(picture: RefObject<HTMLDivElement | null>): readonly Marker[] {
  const [markers, setMarkers] = useState<readonly Marker[]>([]);
  useLayoutEffect(() => {
    const element = picture.current;
    if (!element) return;
    const look = (): void => setMarkers(findParts(element));
    const changes = new MutationObserver(look);
    changes.observe(element, { childList: true, subtree: true });
    // It looks at once, too.
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      changes.disconnect();
      sizes.disconnect();
    };
  }, [picture]);
  return markers;
}

/** Each class is marked once: on the first guard that has it. */
function findParts(picture: HTMLElement): Marker[] {
  const origin = picture.getBoundingClientRect();
  const markers: Marker[] = [];
  for (const [index, { name }] of CLASSES.entries()) {
    const part = picture.querySelector(`.${name}`);
    if (!part) continue;
    const { left: x, top: y, width, height } = part.getBoundingClientRect();
    const [left, top] = [x - origin.left, y - origin.top];
    const shift = markers.filter((other) => Math.hypot(other.left - left, other.top - top) < 24).length;
    markers.push({ number: index + 1, shift, left, top, width, height });
  }
  return markers;
}
