import type { Decorator } from '@storybook/react-vite';
import type { BenchParameters, PlaceParameters } from './benchParameters';
import { BenchProvider, type Theme } from './BenchProvider';
import type { ClockMove, Mood } from './createBench';
import './bench.css';

const LONG_MS = 24 * 3_600_000;

/** Puts a story into the hand of whoever looks at it. What the toolbar says goes before what the story says. */
export const withBench: Decorator = (StoryBelow, { id, globals, parameters }) => {
  const { isOff, isFramed, isSignedOut, holdsStill, hasLog, ...options } = (parameters['bench'] ??
    {}) as BenchParameters;
  const place = (parameters['place'] ?? {}) as PlaceParameters;
  const lifetime = globals['lifetime'] as string;
  const story = (
    <div className="place" style={place}>
      <StoryBelow />
    </div>
  );
  if (isOff) return story;
  return (
    <BenchProvider
      key={`${id} ${lifetime}`}
      options={lifetime === 'story' ? options : { ...options, lifetimeMs: Number(lifetime) }}
      mood={fromToolbar<Mood>(globals['mood'])}
      clockMove={fromToolbar<ClockMove>(globals['clock'])}
      hasBar={globals['bench'] !== 'hidden'}
      hasLog={hasLog ?? false}
      requestTimeoutMs={holdsStill ? LONG_MS : undefined}
      isFramed={isFramed ?? false}
      isSignedOut={isSignedOut ?? false}
      theme={globals['theme'] as Theme}
    >
      {story}
    </BenchProvider>
  );
};

function fromToolbar<Value extends string>(value: unknown): Value | undefined {
  return value === 'story' ? undefined : (value as Value);
}
