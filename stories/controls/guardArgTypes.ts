import type { ArgTypes } from '@storybook/react-vite';
import { api, type ApiRow } from 'virtual:api';
import type { UpsolvePermissionName } from 'react-upsolve-tenant';
import { CHOICES, CHOSEN_PROPS } from './choices';
import { PERMISSIONS, TEXT_ARGS } from './guardArgs';

type Control = ArgTypes[string];

const CATEGORIES: Readonly<Record<string, string>> = {
  labels: 'Texts',
  title: 'Texts',
  className: 'Looks',
  style: 'Looks',
  handover: 'Behaviour',
  dashboard: 'Dashboard',
  children: 'Dashboard',
};

/** What works on a prop; one that none can work on is told all the same. */
const CONTROLS: Readonly<Record<string, Control>> = {
  title: { control: 'text' },
  handover: { control: 'select', options: ['default', 'natural-break', 'before-expiry', 'immediate'] },
  ...Object.fromEntries(
    CHOSEN_PROPS.map((prop) => [prop, { control: 'select', options: Object.keys(CHOICES[prop]) } satisfies Control]),
  ),
};

/** A row of the API as a control's description. */
function describeRow(row: ApiRow, category: string): Control {
  return {
    description: row.describes,
    table: {
      category,
      type: { summary: row.type },
      ...(row.fallback !== undefined && { defaultValue: { summary: row.fallback } }),
    },
  };
}

/** Of every story: each prop of the guard, told as its doc comment tells it. */
export const GUARD_ARG_TYPES: ArgTypes = Object.fromEntries(
  api.guard.map((row) => [
    row.name,
    { ...describeRow(row, CATEGORIES[row.name] ?? 'Slots'), ...(CONTROLS[row.name] ?? { control: false }) },
  ]),
);

/** Of a story whose guard holds a frame. */
export const FRAME_ARG_TYPES: ArgTypes = Object.fromEntries(
  api.frame
    .filter(({ name }) => !(name in GUARD_ARG_TYPES) && name !== 'token' && name !== 'permissions')
    .map((row) => [
      row.name,
      {
        ...describeRow(row, 'Frame'),
        ...(row.name === 'theme'
          ? { control: 'select', options: ['default', 'light', 'dark', 'system'] }
          : row.name === 'settleMs'
            ? { control: { type: 'number', min: 0, step: 100 } }
            : { control: false }),
      } satisfies Control,
    ]),
);

const FLAGS: Readonly<Record<UpsolvePermissionName, string>> = {
  addChart: 'Add a chart from the library.',
  addFilter: 'Add a filter.',
  createChart: 'Create a chart.',
  createChartSQL: 'Create a chart with SQL.',
  editCharts: 'Edit charts.',
  removeChart: 'Remove charts.',
  aiCharts: 'Ask for a chart in words.',
  editMarketplace: 'Edit the marketplace.',
  aiInsight: 'Have a chart explained.',
  drillDown: 'Open a figure to what is behind it.',
  editDashboardName: 'Rename the dashboard.',
  disableTabs: 'The tabs stay where they are, whatever else is granted.',
  readOnly: 'Overrides every grant.',
};

/** Of a story that is about permissions. A change signs somebody else in, whom the backend grants these. */
export const PERMISSION_ARG_TYPES: ArgTypes = Object.fromEntries(
  PERMISSIONS.map((name) => [
    name,
    {
      description: FLAGS[name],
      control: 'boolean',
      table: { category: 'Permissions', type: { summary: 'boolean' }, defaultValue: { summary: 'false' } },
    } satisfies Control,
  ]),
);

export const NO_PERMISSIONS = Object.fromEntries(PERMISSIONS.map((name) => [name, false])) as Record<
  UpsolvePermissionName,
  boolean
>;

/** Of the playground: each text of the guard under its own name. */
export const TEXT_ARG_TYPES: ArgTypes = Object.fromEntries(
  Object.entries(TEXT_ARGS).map(([arg, text]) => [
    arg,
    {
      name: arg.replace('text-', 'labels.').replace('-', '.'),
      description: describeText(arg),
      control: 'text',
      table: { category: 'Texts', type: { summary: 'string' }, defaultValue: { summary: text } },
    } satisfies Control,
  ]),
);

function describeText(arg: string): string {
  const [, name, kind] = arg.split('-');
  if (kind === undefined) return `The text \`${name}\`.`;
  return name === 'errors'
    ? `What to do about an error of kind \`${kind}\`.`
    : `Heading of an error of kind \`${kind}\`.`;
}
