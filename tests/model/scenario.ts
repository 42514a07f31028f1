import fc from 'fast-check';

/** How the backend of a run answers while it is well. */
export interface ServerConfig {
  readonly lifetimeMs: number;
  readonly format: 'jwt' | 'opaque';
  /** How the page learns the server's time. */
  readonly time: 'body' | 'date' | 'both' | 'none';
  /** What the body says of the token's end. */
  readonly expiry: 'none' | 'at' | 'in' | 'both';
  readonly hasEcho: boolean;
  readonly permissions: 'inline' | 'endpoint' | 'none';
  /** Hands out a kept token: never, while half its life is left, until it is nearly over. */
  readonly reuse: 'never' | 'half' | 'long';
  readonly shape: 'flat' | 'wrapped' | 'snake';
  /** A fetch of the app's own, which answers even after it was aborted. */
  readonly ignoresAbort: boolean;
}

export const FAULTS = [
  'hung',
  'hung body',
  'crawling',
  '503',
  '503 html',
  '408',
  '429',
  '429 soon',
  '429 late',
  '401',
  '401 token expired',
  '401 api key',
  '403',
  '403 html',
  '400',
  '404',
  'html',
  'empty',
  'login page',
  'login page elsewhere',
  'network',
  'dead',
  'older',
  'cached',
  'cached without age',
  'unchanged',
  'wrong echo',
  'wrong token',
  'malformed',
] as const;

export type ServerMode = 'ok' | 'slow' | (typeof FAULTS)[number];

const PERMISSION_MODES = ['ok', '503', '401', '401 token expired', '403', 'hung', 'malformed'] as const;
export type PermissionMode = (typeof PERMISSION_MODES)[number];

/** null: nothing is asked. 'solo' is an app with one tenant, which sends no tenant id. */
const TARGETS = ['a', 'b', 'c', 'a by another user', 'solo', null] as const;
export type TargetName = (typeof TARGETS)[number];

export type Command =
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number; readonly isSeen: boolean }
  /** Timers and network stand still while both clocks go on; the page hears of its end. */
  | { readonly do: 'freeze'; readonly ms: number }
  | { readonly do: 'back/forward cache'; readonly ms: number; readonly isSeen: boolean }
  | { readonly do: 'set clock'; readonly ms: number }
  | { readonly do: 'server'; readonly mode: ServerMode }
  | { readonly do: 'permissions'; readonly mode: PermissionMode }
  | { readonly do: 'switch'; readonly to: TargetName; readonly isTransition: boolean }
  | { readonly do: 'session'; readonly headers: 'there' | 'lost' | 'hung' }
  | { readonly do: 'remount'; readonly afterMs: number }
  | { readonly do: 'refresh'; readonly times: number }
  | { readonly do: 'throttle'; readonly isOn: boolean }
  | { readonly do: 'hide' | 'show' | 'wake' | 'clear' | 'cleared elsewhere' | 'reload' | 'leave' | 'arrive' };

/** What the app does inside a callback. */
export interface AppConfig {
  readonly on: 'nothing' | 'event' | 'error' | 'permissions' | 'unauthenticated' | 'change' | 'outcome';
  readonly does: 'refresh' | 'retry' | 'clear' | 'switch' | 'throw';
  readonly asks: 'endpoint' | 'function';
  /** Headers as a function that takes so long; null: none. */
  readonly headersMs: number | null;
  readonly refreshLeadMs: number | undefined;
  readonly hasInitialTenant: boolean;
}

export interface Scenario {
  readonly seed: number;
  readonly wallOffsetMs: number;
  /** Reads the state at every second; otherwise only what was told to subscribers is looked at. */
  readonly isRead: boolean;
  readonly carrier: 'plain' | 'query';
  readonly first: TargetName;
  readonly server: ServerConfig;
  readonly app: AppConfig;
  readonly commands: readonly Command[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const duration = (mostMs: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: mostMs });
const weighted = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => ({ weight, arbitrary });

const server: fc.Arbitrary<ServerConfig> = fc.record({
  lifetimeMs: fc.constantFrom(10, 15, 30, 60, 300, 600, 3_600, 7_200, 200_000).map((seconds) => seconds * SECOND),
  format: fc.constantFrom('jwt' as const, 'jwt' as const, 'jwt' as const, 'opaque' as const),
  time: fc.constantFrom('body', 'date', 'both', 'none'),
  expiry: fc.constantFrom('none', 'at', 'in', 'both'),
  hasEcho: fc.boolean(),
  permissions: fc.constantFrom('inline', 'endpoint', 'none'),
  reuse: fc.constantFrom('never', 'never', 'half', 'long'),
  shape: fc.constantFrom('flat', 'wrapped', 'snake'),
  ignoresAbort: fc.boolean(),
});

const app: fc.Arbitrary<AppConfig> = fc.record({
  on: fc.constantFrom('nothing', 'nothing', 'event', 'error', 'permissions', 'unauthenticated', 'change', 'outcome'),
  does: fc.constantFrom('refresh', 'refresh', 'retry', 'clear', 'switch', 'throw'),
  asks: fc.constantFrom('endpoint', 'endpoint', 'function'),
  headersMs: fc.constantFrom(null, null, 0, 300),
  refreshLeadMs: fc.constantFrom(undefined, undefined, 10 * SECOND, 30 * MINUTE),
  hasInitialTenant: fc.constantFrom(false, false, false, true),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  weighted(6, fc.record({ do: fc.constant('pass'), ms: duration(5 * SECOND) })),
  weighted(6, fc.record({ do: fc.constant('pass'), ms: duration(2 * MINUTE) })),
  weighted(2, fc.record({ do: fc.constant('pass'), ms: duration(15 * MINUTE) })),
  weighted(4, fc.record({ do: fc.constant('server'), mode: fc.constant('ok') })),
  weighted(1, fc.record({ do: fc.constant('server'), mode: fc.constant('slow') })),
  weighted(6, fc.record({ do: fc.constant('server'), mode: fc.constantFrom(...FAULTS) })),
  weighted(1, fc.record({ do: fc.constant('permissions'), mode: fc.constantFrom(...PERMISSION_MODES) })),
  weighted(2, fc.record({ do: fc.constant('sleep'), ms: duration(3 * HOUR), isSeen: fc.boolean() })),
  weighted(1, fc.record({ do: fc.constant('freeze'), ms: duration(HOUR) })),
  weighted(1, fc.record({ do: fc.constant('back/forward cache'), ms: duration(HOUR), isSeen: fc.boolean() })),
  weighted(2, fc.record({ do: fc.constant('set clock'), ms: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }) })),
  weighted(3, fc.record({ do: fc.constant('switch'), to: fc.constantFrom(...TARGETS), isTransition: fc.boolean() })),
  weighted(1, fc.record({ do: fc.constant('session'), headers: fc.constantFrom('there', 'there', 'lost', 'hung') })),
  weighted(1, fc.record({ do: fc.constant('remount'), afterMs: duration(3 * SECOND) })),
  weighted(3, fc.record({ do: fc.constant('refresh'), times: fc.integer({ min: 1, max: 30 }) })),
  weighted(1, fc.record({ do: fc.constant('throttle'), isOn: fc.boolean() })),
  ...(['hide', 'show', 'show', 'wake', 'wake', 'clear', 'cleared elsewhere', 'reload', 'leave', 'arrive'] as const).map(
    (name) => weighted(1, fc.record({ do: fc.constant(name) })),
  ),
);

/** One run: a backend, an app, and what happens to them. Smaller means fewer things happen. */
export function scenarios(mostCommands: number): fc.Arbitrary<Scenario> {
  return fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    wallOffsetMs: fc.constantFrom(0, 0, 0, 6 * MINUTE, -6 * MINUTE, 70 * MINUTE, -HOUR),
    isRead: fc.boolean(),
    carrier: fc.constantFrom('plain', 'plain', 'plain', 'query'),
    first: fc.constantFrom(...TARGETS.slice(0, 5)),
    server,
    app,
    commands: fc.array(command, { maxLength: mostCommands, size: 'max' }),
  });
}
