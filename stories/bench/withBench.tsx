import type { Decorator } from '@storybook/react-vite';
import { readFlags } from '../controls/guardArgs';
import type { BenchParameters } from './benchParameters';
import { BenchProvider, type Theme } from './BenchProvider';
import type { Mood } from './createBench';
import './bench.css';

const LONG_MS = 24 * 3_600_000;

/** Puts a story into the hand of whoever looks at it. What the toolbar says goes before what the story says. */
export const withBench: Decorator = (StoryBelow, { id, args, globals, parameters, viewMode }) => {
  const { isOff, isFramed, isSignedOut, holdsStill, hasLog, hasBarInDocs, ...options } = (parameters['bench'] ??
    {}) as BenchParameters;
  const lifetime = globals['lifetime'] as string;
  if (isOff) return <StoryBelow />;
  return (
    <BenchProvider
      key={`${id} ${lifetime}`}
      options={lifetime === 'story' ? options : { ...options, lifetimeMs: Number(lifetime) }}
      mood={globals['mood'] === 'story' ? undefined : (globals['mood'] as Mood)}
      flags={readFlags(args)}
      // A page of docs may hold twenty stories: there the strip is where time is the subject.
      hasBar={globals['bench'] !== 'hidden' && (viewMode !== 'docs' || hasBarInDocs === true)}
      hasLog={hasLog ?? false}
      requestTimeoutMs={holdsStill ? LONG_MS : undefined}
      isFramed={isFramed ?? false}
      isSignedOut={isSignedOut ?? false}
      theme={globals['theme'] as Theme}
    >
      <StoryBelow />
    </BenchProvider>
  );
};
