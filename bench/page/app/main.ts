import { timerWatch } from './timerWatch';
import { createElement, Fragment, type FunctionComponent } from 'react';
import { createRoot } from 'react-dom/client';
import { sampleBlank } from '../../../tests/browser/handover/page/sampleBlank';
import { answerTenant } from '../answerTenant';
import type { Side } from '../openSite';
import { ByHandContext, ByHandEach, ByHandInHost } from './ByHand';
import { Ours } from './Ours';
import { drivenClock, nextTask, sleepUntilGone } from './pageTime';
import { seen } from './seen';
import type { SideProps } from './sideProps';
import { timeMounts } from './timeMounts';

declare global {
  interface Window {
    bench: typeof bench;
  }
}

const SIDES: Record<Side, unknown> = {
  ours: Ours,
  byHandEach: ByHandEach,
  byHandContext: ByHandContext,
  byHandInHost: ByHandInHost,
};
/** `refresh()` has one turn in 5 s, and a page 13 requests in a minute. */
const REFRESH_EVERY_MS = 6_000;

/** What the driver commands and asks. */
const bench = {
  timers: timerWatch,
  getCommits: (): Record<string, number> => ({ ...seen.commits }),
  countDashboards: (): number => document.querySelectorAll('[data-token], iframe').length,
  refresh: async (): Promise<void> => void (await seen.refresh()),
  async refreshMany(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      drivenClock.advance(REFRESH_EVERY_MS);
      await seen.refresh();
      if (i % 20 === 0) await nextTask();
    }
    await nextTask();
  },
  sleepUntilGone,
  timeMounts,
  sampleBlank,
};
window.bench = bench;

const query = new URLSearchParams(location.search);
const isInstant = query.has('instant');
if (isInstant) window.fetch = () => Promise.resolve(Response.json(answerTenant(drivenClock.now())));

const side = SIDES[query.get('side') as Side] as FunctionComponent<SideProps>;
const props: SideProps = {
  dashboards: Number(query.get('dashboards')),
  share: query.get('share') ?? undefined,
  clock: isInstant ? drivenClock : undefined,
};
const providers = Array.from({ length: Number(query.get('providers')) }, (_, key) =>
  createElement(side, { key, ...props }),
);
createRoot(document.getElementById('root')!).render(createElement(Fragment, null, providers));
