import { createElement, type FunctionComponent } from 'react';
import { createRoot } from 'react-dom/client';
import { ByHandContext } from './ByHand';
import { Ours } from './Ours';
import { nextTask } from './pageTime';
import { seen } from './seen';
import type { SideProps } from './sideProps';

/** The engine warms up: what runs for the first time is compiled and not yet measured. */
const WARM_UPS = 10;

export interface MountTimes {
  ours: number[];
  byHand: number[];
}

/** From `render()` to the commit with the dashboard, in ms; one after the other, so that both meet the same machine. */
export async function timeMounts(times: number): Promise<MountTimes> {
  const measured: MountTimes = { ours: [], byHand: [] };
  for (let i = 0; i < WARM_UPS + times; i++) {
    const ours = await timeMount(Ours);
    const byHand = await timeMount(ByHandContext);
    if (i < WARM_UPS) continue;
    measured.ours.push(ours);
    measured.byHand.push(byHand);
  }
  return measured;
}

async function timeMount(side: FunctionComponent<SideProps>): Promise<number> {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const shownAt = new Promise<number>((resolve) => {
    seen.onDashboard = () => resolve(performance.now());
  });
  const startedAt = performance.now();
  root.render(createElement(side, { dashboards: 1, share: undefined }));
  const ms = (await shownAt) - startedAt;
  root.unmount();
  place.remove();
  // What the unmount leaves to be done, and the paint, belong to nobody's next time.
  await new Promise(requestAnimationFrame);
  await nextTask();
  return ms;
}
