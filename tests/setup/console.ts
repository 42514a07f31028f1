import { format } from 'node:util';
import { afterEach, beforeEach, expect } from 'vitest';

/** A test fails on any line it did not expect, and on any it expected and did not get. */
type Level = 'error' | 'warn' | 'info' | 'log' | 'debug';

const LEVELS: readonly Level[] = ['error', 'warn', 'info', 'log', 'debug'];

interface Line {
  level: Level;
  text: string;
}

let lines: Line[] = [];
let expected: { level: Level; pattern: RegExp }[] = [];

/** Lets every line of this level that matches pass, and fails the test unless there is one. Any time within the test. */
export function expectConsole(level: Level, pattern: RegExp): void {
  expected.push({ level, pattern });
}

const original = Object.fromEntries(LEVELS.map((level) => [level, console[level]])) as Record<Level, Console['log']>;

beforeEach(() => {
  lines = [];
  expected = [];
  for (const level of LEVELS)
    console[level] = (...args: unknown[]) => void lines.push({ level, text: format(...args) });
});

afterEach(() => {
  Object.assign(console, original);
  const isMatch = (line: Line, { level, pattern }: (typeof expected)[number]): boolean =>
    line.level === level && pattern.test(line.text);
  const unexpected = lines.filter((line) => !expected.some((entry) => isMatch(line, entry)));
  const missing = expected.filter((entry) => !lines.some((line) => isMatch(line, entry)));
  expect(
    unexpected.map(({ level, text }) => `console.${level}: ${text}`),
    'unexpected console output',
  ).toEqual([]);
  expect(
    missing.map(({ level, pattern }) => `console.${level}: ${pattern}`),
    'expected console output that did not come',
  ).toEqual([]);
});
