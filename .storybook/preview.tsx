import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import { LIFETIMES, MOODS } from '../stories/bench/benchControls.ts';
import { withBench } from '../stories/bench/withBench.tsx';
import { withCode, writeStoryCode } from '../stories/bench/withCode.ts';
import { withLooks } from '../stories/bench/withLooks.tsx';
import { GUARD_ARGS } from '../stories/controls/guardArgs.ts';
import { GUARD_ARG_TYPES } from '../stories/controls/guardArgTypes.ts';
import { SchemeContainer } from '../stories/guide/SchemeContainer.tsx';
import 'react-upsolve-tenant/styles.css';

// The engine looks at the clock every second, and a busy machine is slow.
configure({ asyncUtilTimeout: 60_000 });

type Tool = NonNullable<Preview['globalTypes']>[string];
type Icon = NonNullable<NonNullable<Tool['toolbar']>['icon']>;

/** Lit, and with its value beside its name, where a tool isn't at its default. */
function createTool(
  name: string,
  icon: Icon,
  [value, title]: readonly [string, string],
  texts: Readonly<Record<string, string>>,
): Tool {
  return {
    toolbar: {
      title: name,
      icon,
      items: [
        { type: 'reset', value, title },
        ...Object.entries(texts).map(([other, text]) => ({ value: other, title: `${name}: ${text}` })),
      ],
      dynamicTitle: true,
    },
  };
}

const AS_THE_STORY = ['story', 'As the story has it'] as const;

/** Runs before axe, which would find the colours of a fade too weak. */
async function waitForFades(): Promise<void> {
  const fades = document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
  await Promise.all(fades.map(({ finished }) => finished.catch(() => undefined)));
}

const preview: Preview = {
  tags: ['autodocs'],
  // The first is the innermost: an app's place around a guard, its provider, and what is told of both.
  decorators: [withLooks, withBench, withCode],
  afterEach: waitForFades,
  args: GUARD_ARGS,
  argTypes: GUARD_ARG_TYPES,
  globalTypes: {
    mood: createTool('Backend', 'lightning', AS_THE_STORY, MOODS),
    lifetime: createTool('Lifetime', 'hourglass', AS_THE_STORY, LIFETIMES),
    theme: createTool('Theme', 'contrast', ['system', 'As the system'], { light: 'light', dark: 'dark' }),
    direction: createTool('Direction', 'transfer', ['ltr', 'Left to right'], { rtl: 'right to left' }),
    zoom: createTool('Zoom', 'zoom', ['1', '100 %'], { 2: '200 %' }),
    bench: createTool('Strip', 'beaker', ['shown', 'Shown'], { hidden: 'hidden' }),
  },
  initialGlobals: {
    mood: 'story',
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
    controls: { expanded: true },
    docs: {
      codePanel: true,
      container: SchemeContainer,
      source: {
        type: 'code',
        language: 'tsx',
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        transform: writeStoryCode,
      },
      toc: { headingSelector: 'h2', title: 'On this page' },
    },
    place: { height: '26rem' },
    viewport: {
      options: {
        tile: { name: 'Tile, 16 × 10 rem', styles: { width: '256px', height: '160px' } },
        half: { name: 'Half a page', styles: { width: '640px', height: '800px' } },
        full: { name: 'Full page', styles: { width: '1280px', height: '800px' } },
      },
    },
    options: {
      storySort: {
        order: [
          'Guide',
          [
            'Start here',
            'All errors',
            'Playground',
            'Anatomy',
            'Tokens',
            'Accessibility',
            'API',
            'What to say',
            'Error codes',
            'Wiring',
            'A backend in any language',
            'When a token goes over',
          ],
          'States',
          ['Status', 'Errors'],
          'Customise',
          ['Slots', 'Texts', 'Theme', 'Permissions'],
          'Behaviour',
          ['Handover', 'Time', 'Requests', 'Dashboards', 'Frame'],
          'Edge cases',
          ['Size', 'Language', 'Preferences'],
        ],
      },
    },
  },
};

export default preview;
