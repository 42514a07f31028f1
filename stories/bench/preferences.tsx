import { type PropsWithChildren, useLayoutEffect, useState } from 'react';

/** A scheme of high contrast, until the system forces colours of its own. */
export function HighContrast({ children }: PropsWithChildren) {
  return <div className="high-contrast">{children}</div>;
}

/** Answers what is below as a system does whose user wants less motion, and says once that it was asked. */
export function StillMotion({ children }: PropsWithChildren) {
  const [wasAsked, setAsked] = useState(false);
  useLayoutEffect(() => {
    const { matchMedia } = window;
    window.matchMedia = (query) => {
      if (!query.includes('prefers-reduced-motion')) return matchMedia.call(window, query);
      setAsked(true);
      return matchMedia.call(window, 'all');
    };
    return () => {
      window.matchMedia = matchMedia;
    };
  }, []);
  return (
    <div data-motion-asked={wasAsked} style={{ height: '100%' }}>
      {children}
    </div>
  );
}
