import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { readApi } from '../../.storybook/readApi';
import type { DashboardDefaults, Handover, UpsolveTenantStatus } from '../../src';
import { ERROR_CODES } from '../../src/core/errors';
import { GRANTS, RESTRICTIONS } from '../../src/core/permissions';
import { DARK_THEME, LIGHT_THEME } from '../../stories/bench/themes';
import { parseCustomProperties } from '../../stories/guide/styleSheet';

/** Which story shows it. Records over the types: what is new there does not compile here until it has one. */
const STATUSES: Readonly<Record<UpsolveTenantStatus, string>> = {
  idle: 'states-status--idle',
  loading: 'states-status--loading',
  ready: 'states-status--ready',
  expired: 'states-status--expired',
  error: 'states-status--failed',
};
const HANDOVERS: Readonly<Record<Handover, string>> = {
  immediate: 'behaviour-handover--immediate',
  'natural-break': 'behaviour-handover--natural-break',
  'before-expiry': 'behaviour-handover--before-expiry',
};
const SLOTS: Readonly<Record<keyof DashboardDefaults, string>> = {
  labels: 'customise-texts--labels-error',
  loadingFallback: 'customise-slots--loading-fallback',
  expiredFallback: 'customise-slots--expired-fallback',
  idleFallback: 'customise-slots--idle-fallback',
  errorFallback: 'customise-slots--error-fallback',
  signIn: 'customise-slots--sign-in',
  notice: 'customise-slots--notice-slot',
  handover: 'behaviour-handover--natural-break',
  className: 'customise-slots--class-name',
  style: 'customise-slots--class-name',
};
/** In a tile, on a phone, from right to left, in forced colours. */
const EVERY_STATE = [
  'edge-cases-size--tile-states',
  'edge-cases-size--phone-states',
  'edge-cases-language--right-to-left-states',
  'edge-cases-preferences--high-contrast-states',
];
const PAGES = [
  'start-here',
  'all-errors',
  'anatomy',
  'tokens',
  'accessibility',
  'api',
  'when-a-token-goes-over',
  'what-to-say',
  'error-codes',
  'wiring',
  'a-backend-in-any-language',
];

const entries = inject('storyEntries');
const ids = entries.map(({ id }) => id);
const toKebab = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

describe('the list of stories', () => {
  it.each([...Object.entries(STATUSES), ...Object.entries(HANDOVERS), ...Object.entries(SLOTS)])(
    'shows %s',
    (_, id) => {
      expect(ids).toContain(id);
    },
  );

  it.each(EVERY_STATE)('shows every state as %s', (id) => {
    expect(ids).toContain(id);
  });

  it('shows every error code', () => {
    const missing = ERROR_CODES.filter((code) => !ids.includes(`states-errors--${toKebab(code)}`));
    expect(missing).toEqual([]);
  });

  it('shows every permission', () => {
    const missing = [...GRANTS, ...RESTRICTIONS].filter(
      (name) => !ids.includes(`customise-permissions--${toKebab(name)}`),
    );
    expect(missing).toEqual([]);
  });

  it('has five groups, in this order', () => {
    const groups = new Set(entries.map(({ title }) => title.split('/')[0]));
    expect([...groups]).toEqual(['Guide', 'States', 'Customise', 'Behaviour', 'Edge cases']);
  });

  it('holds a page for each subject, and one for each file of stories', () => {
    const docs = entries.filter(({ type }) => type === 'docs').map(({ id }) => id);
    const subjects = new Set(entries.map(({ id }) => id.split('--')[0]));
    expect(docs).toEqual(expect.arrayContaining(PAGES.map((page) => `guide-${page}--docs`)));
    expect(docs.map((id) => id.split('--')[0]).toSorted()).toEqual([...subjects].toSorted());
  });
});

describe('the tables of the API', () => {
  const api = readApi();

  it('describe every prop, option and field', () => {
    const silent = Object.entries(api).flatMap(([subject, rows]) =>
      rows.filter(({ describes, type }) => describes === '' || type === '').map(({ name }) => `${subject}.${name}`),
    );
    expect(silent).toEqual([]);
  });

  it('name what the guard itself takes', () => {
    const names = api.guard.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(SLOTS), 'title', 'dashboard', 'children']));
  });

  it('hold the types as they are written, and the defaults', () => {
    expect(api.provider.find(({ name }) => name === 'endpoint')).toMatchObject({
      type: 'string | URL | TenantEndpointFunction',
      isRequired: true,
    });
    expect(api.provider.find(({ name }) => name === 'requestTimeoutMs')).toMatchObject({ fallback: '10_000' });
    expect(api.frame.find(({ name }) => name === 'dashboardId')).toMatchObject({ type: 'string', isRequired: false });
    expect(api.useUpsolveTenant.find(({ name }) => name === 'status')).toMatchObject({
      type: "'idle' | 'loading' | 'ready' | 'expired' | 'error'",
    });
  });
});

describe('the page of tokens', () => {
  it('holds every property that the code reads, and a value for each in both themes', () => {
    const read = (path: string): string => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
    const used = `${read('react/guard/looks.ts')}${read('react/guard/panels.tsx')}`.match(/--upsolve-[\w-]+/g) ?? [];
    const names = [...new Set(used)].filter((name) => name !== '--upsolve-kept-height').sort();
    const documented = parseCustomProperties(read('styles.css')).map(({ name }) => name);
    expect(documented.toSorted()).toEqual(names);
    expect(Object.keys(LIGHT_THEME).sort()).toEqual(names);
    expect(Object.keys(DARK_THEME).sort()).toEqual(names);
  });
});
