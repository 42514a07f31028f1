import type { Page } from 'playwright';

/** Works each control of the one story of a page once, as the panel does: what went wrong, and which were worked. */
export async function workControls(page: Page): Promise<{ faults: string[]; worked: string[] }> {
  return await page.evaluate(workInPage);
}

interface ArgType {
  description?: string;
  table?: { disable?: boolean; type?: { summary?: string } };
  control?: { type?: string; disable?: boolean };
  options?: readonly unknown[];
}

interface Story {
  id: string;
  parameters: { controls?: { disable?: boolean } };
  argTypes: Record<string, ArgType>;
  initialArgs: Record<string, unknown>;
}

interface Channel {
  on: (event: string, listener: (payload: unknown) => void) => void;
  off: (event: string, listener: (payload: unknown) => void) => void;
  emit: (event: string, payload: unknown) => void;
}

/** Runs in the page. */
async function workInPage(): Promise<{ faults: string[]; worked: string[] }> {
  const { __STORYBOOK_PREVIEW__: preview, __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as {
    __STORYBOOK_PREVIEW__: { currentRender: { story: Story } };
    __STORYBOOK_ADDONS_CHANNEL__: Channel;
  };
  const { story } = preview.currentRender;
  const faults: string[] = [];
  const worked: string[] = [];
  if (story.parameters.controls?.disable) return { faults, worked };

  /** Until what was asked for is in the page, or has thrown. */
  const send = (event: string, payload: unknown): Promise<void> =>
    new Promise((resolve) => {
      const listener = (told: unknown): void => {
        const { newPhase } = told as { newPhase: string };
        if (newPhase !== 'completing' && newPhase !== 'errored') return;
        channel.off('storyRenderPhaseChanged', listener);
        resolve();
      };
      channel.on('storyRenderPhaseChanged', listener);
      channel.emit(event, payload);
    });
  let current = '';
  for (const event of ['storyErrored', 'storyThrewException']) {
    channel.on(event, (error) => faults.push(`${current}: ${(error as { message?: string }).message ?? event}`));
  }

  // axe has looked at the story; here it would look again at each change.
  await send('updateGlobals', { globals: { a11y: { manual: true } } });
  for (const [name, { description, table, control, options = [] }] of Object.entries(story.argTypes)) {
    if (table?.disable) continue;
    if (!description) faults.push(`${name}: not described`);
    if (!table?.type?.summary) faults.push(`${name}: not typed`);
    if (!control?.type || control.disable) continue;
    const value = story.initialArgs[name];
    const others = options.filter((option) => option !== value);
    const next: unknown = {
      boolean: value !== true,
      text: `${typeof value === 'string' ? value : ''} changed`,
      number: (typeof value === 'number' ? value : 0) + 100,
      select: others.at(-1),
    }[control.type];
    // The panel offers a button in place of a control that starts without a value, and takes any JSON for an object.
    if (next === undefined) faults.push(`${name}: a control of kind ${control.type} that offers nothing`);
    else if (value === undefined) faults.push(`${name}: starts without a value`);
    else {
      current = name;
      worked.push(name);
      await send('updateStoryArgs', { storyId: story.id, updatedArgs: { [name]: next } });
    }
  }
  return { faults, worked };
}
