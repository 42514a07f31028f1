/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly ours: string | number;
  /** What a team would write instead, or what others weigh. */
  readonly compare: string | number;
  readonly budget: string | number;
  /** A count that is not what it has to be. Times depend on the machine, so they never are. */
  readonly isBroken?: boolean;
}

/** A count and the only one it may be. */
export function countFigure(what: string, ours: number, compare: string | number, budget: number): Figure {
  return { what, ours, compare, budget, isBroken: ours !== budget };
}

/** The value in the middle; of an even number the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
