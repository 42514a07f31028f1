import type { TenantEngine } from '../core/engine';
import { isHidden } from './handover/attention';

/** A provider's part in what happens to its page. */
export interface PageMember {
  readonly engine: Pick<TenantEngine, 'wake' | 'setVisible' | 'freeze' | 'clearElsewhere' | 'isAlive'>;
  /** The session that other tabs know it by; null where nobody is to be told. */
  readonly getSessionName: () => string | null;
}

interface PageHub {
  readonly page: Document;
  readonly join: (member: PageMember) => void;
  /** It hears the page still, for as long as it keeps a token. */
  readonly leave: (member: PageMember) => void;
  /** Opens the way to the app's other tabs. */
  readonly listenToTabs: () => void;
  /** Tells the app's other tabs, and this page's other providers of the session, that it was cleared. */
  readonly announceClear: (from: PageMember) => void;
}

const CHANNEL_NAME = 'react-upsolve-tenant';

let openHub: PageHub | undefined;

/** The one hub of this page, made when first needed. */
export function getPageHub(): PageHub {
  // A test runner may put another page in its place.
  if (openHub?.page !== document) openHub = openPageHub(document);
  return openHub;
}

/**
 * The page's events and the app's other tabs → the engines. Running ones are held, those that left weakly; it closes when
 * none is left. No `unload` or `beforeunload`: they would keep the page out of the back/forward cache. `navigator.onLine`
 * is not asked: it says yes behind a dead network and no behind a good one.
 */
function openPageHub(page: Document): PageHub {
  const running = new Set<PageMember>();
  const left = new Set<Pick<WeakRef<PageMember>, 'deref'>>();
  // Without it, who is collected is noticed at the page's next event.
  const collected = tolerate(() => new FinalizationRegistry(() => sweep()));
  let channel: BroadcastChannel | undefined;

  function tellAll(tell: (member: PageMember) => void): void {
    const kept = [...left].map((ref) => ref.deref()).filter((member) => member !== undefined);
    for (const member of new Set([...running, ...kept])) tell(member);
    sweep();
  }

  /** Lets go of whoever keeps no token any more. */
  function sweep(): void {
    for (const ref of [...left]) {
      const member = ref.deref();
      if (!member?.engine.isAlive() || running.has(member)) left.delete(ref);
    }
    if (running.size > 0 || left.size > 0) return;
    for (const [target, type, handle] of LISTENERS) target.removeEventListener(type, handle);
    tolerate(() => channel?.close());
    channel = undefined;
    if (openHub === hub) openHub = undefined;
  }

  const isVisible = (): boolean => !isHidden(page);
  const handleVisibility = (): void => tellAll(({ engine }) => engine.setVisible(isVisible()));
  const handleWake = (): void => tellAll(({ engine }) => engine.wake());
  const handlePageHide = (event: Event): void => {
    if ((event as PageTransitionEvent).persisted) tellAll(({ engine }) => engine.freeze());
  };
  const LISTENERS = [
    [page, 'visibilitychange', handleVisibility],
    [page, 'resume', handleWake],
    [window, 'pageshow', handleWake],
    [window, 'online', handleWake],
    [window, 'focus', handleWake],
    [window, 'pagehide', handlePageHide],
  ] as const;
  for (const [target, type, handle] of LISTENERS) target.addEventListener(type, handle);

  function listenToTabs(): void {
    channel ??= tolerate(() => new BroadcastChannel(CHANNEL_NAME));
    if (channel) channel.onmessage = ({ data }: MessageEvent<unknown>) => data !== null && clearOthers(data);
  }

  function clearOthers(sessionName: unknown, from?: PageMember): void {
    tellAll((member) => {
      if (member !== from && member.getSessionName() === sessionName) member.engine.clearElsewhere();
    });
  }

  const hub: PageHub = {
    page,
    join(member) {
      running.add(member);
      member.engine.setVisible(isVisible());
    },
    leave(member) {
      running.delete(member);
      left.add(tolerate(() => new WeakRef(member)) ?? { deref: () => member });
      collected?.register(member, undefined);
      sweep();
    },
    listenToTabs,
    announceClear(from) {
      const sessionName = from.getSessionName();
      if (sessionName === null) return sweep();
      listenToTabs();
      tolerate(() => channel?.postMessage(sessionName));
      clearOthers(sessionName, from);
    },
  };
  return hub;
}

/** Some browsers lack these, and some throw where cookies are blocked: then only this convenience is gone. */
function tolerate<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
