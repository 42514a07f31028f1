import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import { type PropsWithChildren, useLayoutEffect } from 'react';
import { themes } from 'storybook/theming';
import { useIsDark } from './useIsDark';
import './guide.css';

/** A page of docs, dark where the system is. */
export function SchemeContainer(props: PropsWithChildren<DocsContainerProps>) {
  const isDark = useIsDark();
  useLayoutEffect(() => {
    // A story on the page says so itself, by the toolbar.
    document.documentElement.style.colorScheme ||= 'light dark';
  }, []);
  return <DocsContainer {...props} theme={isDark ? themes.dark : themes.light} />;
}
