import type { Command, ServerMode, TargetName } from './scenario';

/** One day of an ordinary user, from the moment the machine is opened; its commands take 24 hours in all. */
export type Day = readonly Command[];

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;
const TENANTS: readonly TargetName[] = ['a', 'b', 'c'];
const FAULTS: readonly ServerMode[] = [
  '503',
  'network',
  'hung',
  '401',
  '429 late',
  '403 html',
  'html',
  'dead',
  '404',
  'slow',
];

/** Weeks of five working days and a weekend that the machine sleeps through. The same seed gives the same days. */
export function createDays(count: number, seed: number): Day[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_day, index) => (index % 7 < 5 ? createWorkday(random) : createWeekend()));
}

function createWeekend(): Day {
  return [{ do: 'hide' }, { do: 'sleep', ms: DAY_MS, isSeen: false }];
}

function createWorkday(random: () => number): Day {
  const isSeen = random() < 0.5;
  const day: Command[] = [
    { do: 'show' },
    ...createHalf(random, 210),
    { do: 'sleep', ms: between(random, 45, 75) * MINUTE_MS, isSeen },
    { do: 'wake' },
    ...createHalf(random, 240),
    { do: 'hide' },
  ];
  const goneMs = day.reduce((sum, command) => sum + ('ms' in command ? command.ms : 0), 0);
  return [...day, { do: 'sleep', ms: DAY_MS - goneMs, isSeen }];
}

/** Half a day at the desk: long stretches of looking, and in between what users do and what goes wrong. */
function createHalf(random: () => number, minutes: number): Command[] {
  const commands: Command[] = [];
  let leftMin = minutes;
  const pass = (most: number): Command => {
    const min = Math.min(leftMin, between(random, 1, most));
    leftMin -= min;
    return { do: 'pass', ms: min * MINUTE_MS };
  };
  while (leftMin > 0) {
    commands.push(pass(40), ...createEvent(random, pass));
  }
  return commands;
}

function createEvent(random: () => number, pass: (most: number) => Command): Command[] {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const chance = random();
  if (chance < 0.25) {
    const isNoticed = random() < 0.5;
    return [
      { do: 'server', mode: pick(FAULTS) },
      ...(isNoticed ? [{ do: 'refresh', times: 1 } as const] : []),
      pass(10),
      { do: 'server', mode: 'ok' },
      { do: 'wake' },
    ];
  }
  if (chance < 0.45) return [{ do: 'switch', to: pick(TENANTS), isTransition: false }];
  if (chance < 0.5) return [{ do: 'clear' }, pass(2), { do: 'refresh', times: 1 }];
  if (chance < 0.6) return [{ do: 'refresh', times: between(random, 1, 3) }];
  if (chance < 0.9) return [{ do: 'hide' }, pass(20), { do: 'show' }];
  return [{ do: 'wake' }];
}

function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** A linear congruential generator: good enough to plan a day by. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
