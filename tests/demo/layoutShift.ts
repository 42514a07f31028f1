import type { Page } from 'playwright';

interface Shift extends PerformanceEntry {
  value: number;
}

interface ShiftedWindow extends Window {
  shift: number;
}

/** Runs in every page and frame before anything else: adds up how far things move, whether or not somebody has just pressed something. */
export function observeShifts(): void {
  const shifted = window as unknown as ShiftedWindow;
  shifted.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) shifted.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** The layout shift since the last reading, in the page and in its frames, once two more frames have been painted. */
export async function readShift(page: Page): Promise<number> {
  const shifts = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(
        () =>
          new Promise<number>((resolve) => {
            requestAnimationFrame(() =>
              requestAnimationFrame(() => {
                const shifted = window as unknown as ShiftedWindow;
                resolve(shifted.shift);
                shifted.shift = 0;
              }),
            );
          }),
      ),
    ),
  );
  return shifts.reduce((sum, shift) => sum + shift, 0);
}
