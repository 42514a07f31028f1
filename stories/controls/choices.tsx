import type { DashboardDefaults } from 'react-upsolve-tenant';
import { DARK_THEME, LIGHT_THEME } from '../bench/themes';
import { DashboardSkeleton } from '../examples/DashboardSkeleton';
import type { ExampleName } from '../examples/exampleSources';
import { OldFigures } from '../examples/OldFigures';
import { SalesError } from '../examples/SalesError';
import { SignInLink } from '../examples/SignInLink';
import { SignInPlace } from '../examples/SignInPlace';
import { FRENCH, HEBREW, VERY_LONG } from './texts';

/** What a control offers by name: the value that the guard is given, and how it is written in an app. */
export interface Choice<Value = unknown> {
  readonly value: Value;
  /** As the value of the prop; a value that is data needs none. */
  readonly code?: string;
  /** The example that the code names. */
  readonly example?: ExampleName;
}

type ChosenProp = Exclude<keyof DashboardDefaults, 'handover' | 'className'>;

/** The guard's own: nothing is given. */
const DEFAULT: Choice<undefined> = { value: undefined };
const SKELETON: Choice = { value: <DashboardSkeleton />, code: '<DashboardSkeleton />', example: 'DashboardSkeleton' };
const TEXT: Choice = { value: 'One moment, sales are on their way.' };
const NOTHING: Choice = { value: null };

/** By prop and by name. Content and functions can't be typed into a control, so each is chosen. */
export const CHOICES = {
  labels: {
    default: DEFAULT,
    French: { value: FRENCH },
    Hebrew: { value: HEBREW },
    'very long': { value: VERY_LONG },
  },
  loadingFallback: { default: DEFAULT, skeleton: SKELETON, text: TEXT, nothing: NOTHING },
  expiredFallback: {
    default: DEFAULT,
    skeleton: {
      value: <DashboardSkeleton text="Reconnecting…" />,
      code: '<DashboardSkeleton text="Reconnecting…" />',
      example: 'DashboardSkeleton',
    },
    text: TEXT,
    nothing: NOTHING,
  },
  idleFallback: {
    default: DEFAULT,
    'sign-in place': { value: <SignInPlace />, code: '<SignInPlace />', example: 'SignInPlace' },
    text: { value: 'Sign in to see your sales.' },
  },
  errorFallback: {
    default: DEFAULT,
    own: { value: SalesError, code: 'SalesError', example: 'SalesError' },
    text: { value: 'Sales are out of reach.' },
  },
  signIn: { default: DEFAULT, link: { value: <SignInLink />, code: '<SignInLink />', example: 'SignInLink' } },
  notice: {
    default: DEFAULT,
    own: { value: OldFigures, code: 'OldFigures', example: 'OldFigures' },
    none: NOTHING,
  },
  style: {
    default: DEFAULT,
    'light theme': { value: LIGHT_THEME },
    'dark theme': { value: DARK_THEME },
    outline: { value: { outline: '2px dashed', outlineOffset: -2 } },
    low: { value: { '--upsolve-min-height': '0px' } },
  },
} as const satisfies Record<ChosenProp, Readonly<Record<string, Choice>>>;

export type Choices = typeof CHOICES;

export const CHOSEN_PROPS = Object.keys(CHOICES) as (keyof Choices)[];

export function getChoice(prop: keyof Choices, name: unknown): Choice {
  const offered: Readonly<Record<string, Choice>> = CHOICES[prop];
  // The address of a page may name what isn't offered.
  return offered[String(name)] ?? DEFAULT;
}
