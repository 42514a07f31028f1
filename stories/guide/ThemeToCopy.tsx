import { Source } from '@storybook/addon-docs/blocks';
import { DARK_THEME, LIGHT_THEME } from '../bench/themes';
import { useIsDark } from './useIsDark';

const THEME_CSS = [
  ':root {',
  '  color-scheme: light dark;',
  ...writeProperties(LIGHT_THEME, '  '),
  '}',
  '',
  '@media (prefers-color-scheme: dark) {',
  '  :root {',
  ...writeProperties(DARK_THEME, '    '),
  '  }',
  '}',
].join('\n');

/** A theme of one's own for both schemes, as CSS. */
export function ThemeToCopy() {
  return <Source code={THEME_CSS} language="css" dark={useIsDark()} />;
}

function writeProperties(theme: Readonly<Record<string, string>>, indent: string): string[] {
  return Object.entries(theme).map(([name, value]) => `${indent}${name}: ${value};`);
}
