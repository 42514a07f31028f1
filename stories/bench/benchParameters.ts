import type { BenchOptions } from './createBench';

/** What a story says of its surroundings, as `parameters.bench`. */
export interface BenchParameters extends BenchOptions {
  /** It brings a provider of its own: for states that only standing still shows. */
  isOff?: boolean | undefined;
  /** The guard renders the frame instead of the native dashboard. */
  isFramed?: boolean | undefined;
  isSignedOut?: boolean | undefined;
  /** An attempt may take as long as it likes, so that waiting can be looked at. */
  holdsStill?: boolean | undefined;
  /** Shows what is asked and answered. */
  hasLog?: boolean | undefined;
  /** Shows the strip on a page of docs, too. */
  hasBarInDocs?: boolean | undefined;
}

/** The place that an app gives to a guard, in CSS. */
export interface PlaceParameters {
  width?: string | undefined;
  height?: string | undefined;
}
