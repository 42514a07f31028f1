import type { DashboardLabelOverrides, DashboardLabels, Handover, UpsolvePermissionName } from 'react-upsolve-tenant';
import { GRANTS, RESTRICTIONS } from '../../src/core/permissions';
import { DEFAULT_LABELS } from '../../src/react/guard/labels';
import { type Choices, CHOSEN_PROPS, getChoice } from './choices';

export const PERMISSIONS: readonly UpsolvePermissionName[] = [...GRANTS, ...RESTRICTIONS];

type TextGroup = 'errors' | 'errorTitles';
/** One text of the labels, as an arg: `text-retry`, `text-errors-busy`. An address can't hold a dot in its name. */
export type TextArg = `text-${Exclude<keyof DashboardLabels, TextGroup>}` | `text-${TextGroup}-${string}`;

/** What the controls of a story set. Each value is plain, so a story's address can hold it. */
export type GuardArgs = { [Prop in keyof Choices]?: keyof Choices[Prop] } & {
  title?: string;
  handover?: Handover | 'default';
  className?: string;
} & { [Name in UpsolvePermissionName]?: boolean } & { [Name in TextArg]?: string };

export const GUARD_ARGS: GuardArgs = {
  title: 'Sales',
  handover: 'default',
  ...Object.fromEntries(CHOSEN_PROPS.map((prop) => [prop, 'default'])),
};

/** Every text by default, each under the name of its control. */
export const TEXT_ARGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(DEFAULT_LABELS).flatMap(([name, text]: [string, string | Record<string, string>]) =>
    typeof text === 'string'
      ? [[`text-${name}`, text]]
      : Object.entries(text).map(([kind, inner]) => [`text-${name}-${kind}`, inner]),
  ),
);

/** The texts that differ from the default. */
export function readTexts(args: Readonly<Record<string, unknown>>): DashboardLabelOverrides | undefined {
  const labels: Record<string, unknown> = {};
  for (const [arg, text] of Object.entries(args)) {
    const [head, name = '', kind] = arg.split('-');
    if (head !== 'text' || name === '' || typeof text !== 'string' || text === TEXT_ARGS[arg]) continue;
    labels[name] = kind === undefined ? text : { ...(labels[name] as object | undefined), [kind]: text };
  }
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/** The flags among a story's args; undefined where it has none and leaves them to its backend. */
export function readFlags(args: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> | undefined {
  const flags = PERMISSIONS.filter((name) => name in args).map((name) => [name, args[name] === true] as const);
  return flags.length > 0 ? Object.fromEntries(flags) : undefined;
}

/** What the controls say → what the guard is given. Flags are the backend's to send. */
export function readGuardProps(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(args)) {
    if (name.startsWith('text-') || (PERMISSIONS as readonly string[]).includes(name)) continue;
    const isChosen = (CHOSEN_PROPS as readonly string[]).includes(name);
    const given = isChosen ? getChoice(name as keyof Choices, value).value : value === 'default' ? undefined : value;
    if (given !== undefined && given !== '') props[name] = given;
  }
  const texts = readTexts(args);
  return texts ? { ...props, labels: { ...(props['labels'] as object | undefined), ...texts } } : props;
}
