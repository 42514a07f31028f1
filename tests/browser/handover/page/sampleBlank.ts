/** What was on screen, looked at in every animation frame. */
export interface BlankSample {
  blankMs: number;
  frames: number;
  mostIframes: number;
  stop: () => BlankSample;
}

const painted = new Set<MessageEventSource | null>();

window.addEventListener('message', ({ data, source }: MessageEvent<{ share?: string } | undefined>) => {
  if (data?.share === 'start') painted.delete(source);
  if (data?.share === 'painted') painted.add(source);
});

/** Whether the middle of the dashboard shows a share page that has painted. */
export function isPainted(): boolean {
  const box = (
    document.querySelector('.upsolve-tenant__stage') ?? document.querySelector('#plain')
  )?.getBoundingClientRect();
  if (!box) return false;
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return top instanceof HTMLIFrameElement && painted.has(top.contentWindow);
}

export function sampleBlank(): BlankSample {
  const sample: BlankSample = { blankMs: 0, frames: 0, mostIframes: 0, stop };
  let before = performance.now();
  let request = requestAnimationFrame(look);
  function look(now: number): void {
    if (!isPainted()) sample.blankMs += now - before;
    before = now;
    sample.frames++;
    sample.mostIframes = Math.max(sample.mostIframes, document.querySelectorAll('iframe').length);
    request = requestAnimationFrame(look);
  }
  function stop(): BlankSample {
    cancelAnimationFrame(request);
    return sample;
  }
  return sample;
}
