import type { Decorator } from '@storybook/react-vite';
import { type CSSProperties, type PropsWithChildren, useLayoutEffect } from 'react';
import type { PlaceParameters } from './benchParameters';

/** The place that an app gives to a guard; theme, direction and zoom as an app's page would have them. */
export const withLooks: Decorator = (StoryBelow, { globals, parameters }) => {
  const theme = globals['theme'] as string;
  const direction = (parameters['direction'] ?? globals['direction']) as string;
  const zoom = (parameters['zoom'] ?? globals['zoom']) as string;
  return (
    <Looks theme={theme} direction={direction} zoom={zoom} place={(parameters['place'] ?? {}) as PlaceParameters}>
      <StoryBelow />
    </Looks>
  );
};

interface LooksProps extends Record<'theme' | 'direction' | 'zoom', string> {
  place: CSSProperties;
}

function Looks({ theme, direction, zoom, place, children }: PropsWithChildren<LooksProps>) {
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = 'en';
    documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
  }, [theme]);
  return (
    <div dir={direction} style={{ zoom }}>
      <div className="place" style={place}>
        {children}
      </div>
    </div>
  );
}
