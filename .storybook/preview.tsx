import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import { CLOCK_MOVES, LIFETIMES, MOODS } from '../stories/bench/benchControls.ts';
import { withBench } from '../stories/bench/withBench.tsx';
import { withLooks } from '../stories/bench/withLooks.tsx';
import 'react-upsolve-tenant/styles.css';

type ToolbarItem = { value: string; title: string };

// The engine looks at the clock every second, and a busy machine is slow.
configure({ asyncUtilTimeout: 60_000 });

const AS_THE_STORY: ToolbarItem = { value: 'story', title: 'as the story has it' };

type Tool = NonNullable<Preview['globalTypes']>[string];

function createTool(
  title: string,
  icon: NonNullable<NonNullable<Tool['toolbar']>['icon']>,
  items: ToolbarItem[],
): Tool {
  return { toolbar: { title, icon, items, dynamicTitle: false } };
}

function listItems(texts: Readonly<Record<string, string>>): ToolbarItem[] {
  return Object.entries(texts).map(([value, title]) => ({ value, title }));
}

const preview: Preview = {
  // The first is the innermost: an app's page around its provider.
  decorators: [withBench, withLooks],
  globalTypes: {
    mood: createTool('Backend', 'lightning', [AS_THE_STORY, ...listItems(MOODS)]),
    clock: createTool('Clock', 'time', [{ value: 'story', title: 'as it is' }, ...listItems(CLOCK_MOVES)]),
    lifetime: createTool('Lifetime', 'hourglass', [AS_THE_STORY, ...listItems(LIFETIMES)]),
    theme: createTool('Theme', 'contrast', listItems({ system: 'as the system', light: 'light', dark: 'dark' })),
    direction: createTool('Direction', 'transfer', listItems({ ltr: 'left to right', rtl: 'right to left' })),
    zoom: createTool('Zoom', 'zoom', listItems({ 1: '100 %', 2: '200 %' })),
    bench: createTool('Bench', 'beaker', listItems({ shown: 'shown', hidden: 'hidden' })),
  },
  initialGlobals: {
    mood: 'story',
    clock: 'story',
    lifetime: 'story',
    theme: 'system',
    direction: 'ltr',
    zoom: '1',
    bench: 'shown',
  },
  parameters: {
    layout: 'padded',
    backgrounds: { disable: true },
    a11y: { test: 'error' },
    place: { height: '26rem' },
    options: {
      storySort: {
        order: [
          'Start here',
          'Wiring',
          'What to say',
          'Error codes',
          'Custom properties',
          'When a token goes over',
          'States',
          'Errors',
        ],
      },
    },
  },
};

export default preview;
