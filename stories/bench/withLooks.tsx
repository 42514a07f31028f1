import type { Decorator } from '@storybook/react-vite';
import { useLayoutEffect } from 'react';

/** Theme, direction and zoom of the toolbar, on the page itself: as an app would set them. */
export const withLooks: Decorator = (StoryBelow, { globals, parameters }) => {
  const theme = globals['theme'] as string;
  const direction = (parameters['direction'] ?? globals['direction']) as string;
  const zoom = (parameters['zoom'] ?? globals['zoom']) as string;
  return (
    <Looks theme={theme} direction={direction} zoom={zoom}>
      <StoryBelow />
    </Looks>
  );
};

function Looks({
  theme,
  direction,
  zoom,
  children,
}: Record<'theme' | 'direction' | 'zoom', string> & React.PropsWithChildren) {
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = 'en';
    documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
  }, [theme]);
  return (
    <div dir={direction} style={{ zoom }}>
      {children}
    </div>
  );
}
