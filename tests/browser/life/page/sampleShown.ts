/** How often somebody could have looked at the page, and how often a dashboard stood there. */
export interface ShownSample {
  looks: number;
  shown: number;
}

/** Whether a dashboard can be seen: a view that is kept hidden leaves its own in the page. */
export function isShown(): boolean {
  return document.querySelector('[aria-label="Fake Upsolve dashboard"], iframe')?.checkVisibility() === true;
}

/** Looks after each task that changed the page, which is when a browser may paint, and in each animation frame. */
export function sampleShown(onLook?: () => void): ShownSample {
  const sample: ShownSample = { looks: 0, shown: 0 };
  function look(): void {
    sample.looks++;
    if (isShown()) sample.shown++;
    onLook?.();
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  requestAnimationFrame(function lookAgain() {
    look();
    requestAnimationFrame(lookAgain);
  });
  return sample;
}
