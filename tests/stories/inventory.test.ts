import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import type { DashboardDefaults, Handover, UpsolveTenantStatus } from '../../src';
import { ERROR_CODES } from '../../src/core/errors';
import { GRANTS, RESTRICTIONS } from '../../src/core/permissions';
import { parseCustomProperties } from '../../stories/docs/customProperties';
import { DARK_THEME, LIGHT_THEME } from '../../stories/bench/themes';

/** Which story shows it. Records over the types: what is new there does not compile here until it has one. */
const STATUSES: Readonly<Record<UpsolveTenantStatus, string>> = {
  idle: 'states--idle',
  loading: 'states--loading',
  ready: 'states--ready',
  expired: 'states--expired',
  error: 'states--failed',
};
const HANDOVERS: Readonly<Record<Handover, string>> = {
  immediate: 'handover--immediate',
  'natural-break': 'handover--natural-break',
  'before-expiry': 'handover--before-expiry',
};
const SLOTS: Readonly<Record<keyof DashboardDefaults, string>> = {
  labels: 'slots--labels-error',
  loadingFallback: 'slots--loading-fallback',
  expiredFallback: 'slots--expired-fallback',
  idleFallback: 'slots--idle-fallback',
  errorFallback: 'slots--error-fallback',
  signIn: 'slots--sign-in',
  notice: 'slots--notice-slot',
  handover: 'handover--natural-break',
  className: 'slots--class-name',
  style: 'slots--class-name',
};

const ids = inject('storyEntries').map(({ id }) => id);
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

  it('shows every error code', () => {
    const missing = ERROR_CODES.filter((code) => !ids.includes(`errors--${toKebab(code)}`));
    expect(missing).toEqual([]);
  });

  it('shows every permission', () => {
    const missing = [...GRANTS, ...RESTRICTIONS].filter((name) => !ids.includes(`permissions--${toKebab(name)}`));
    expect(missing).toEqual([]);
  });

  it('holds a page for each subject', () => {
    expect(
      inject('storyEntries')
        .filter(({ type }) => type === 'docs')
        .map(({ id }) => id),
    ).toEqual(
      expect.arrayContaining(
        ['start-here', 'wiring', 'what-to-say', 'custom-properties', 'error-codes', 'when-a-token-goes-over'].map(
          (page) => `${page}--docs`,
        ),
      ),
    );
  });
});

describe('the page of custom properties', () => {
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
