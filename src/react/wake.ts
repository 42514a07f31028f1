/** What the page's events mean to the engine. */
export interface PageListener {
  /** Time may have passed, or the network may be back. */
  wake(): void;
  setVisible(isVisible: boolean): void;
  /** The page is put away and may be shown again as it is. */
  freeze(): void;
}

/**
 * Rule 11: the page's events → the engine. No `unload` or `beforeunload`: they would keep the page out of the
 * back/forward cache. `navigator.onLine` is not asked: it says yes behind a dead network and no behind a good one.
 */
export function listenToPage(page: PageListener): () => void {
  const handleVisibility = (): void => page.setVisible(document.visibilityState === 'visible');
  const handleWake = (): void => page.wake();
  const handlePageHide = (event: PageTransitionEvent): void => {
    if (event.persisted) page.freeze();
  };
  document.addEventListener('visibilitychange', handleVisibility);
  document.addEventListener('resume', handleWake);
  window.addEventListener('pageshow', handleWake);
  window.addEventListener('online', handleWake);
  window.addEventListener('focus', handleWake);
  window.addEventListener('pagehide', handlePageHide);
  handleVisibility();
  return () => {
    document.removeEventListener('visibilitychange', handleVisibility);
    document.removeEventListener('resume', handleWake);
    window.removeEventListener('pageshow', handleWake);
    window.removeEventListener('online', handleWake);
    window.removeEventListener('focus', handleWake);
    window.removeEventListener('pagehide', handlePageHide);
  };
}
