import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { TestProject } from 'vitest/node';
import { buildStorybookIfStale, STORYBOOK } from '../../scripts/buildIfStale';

export interface StoryEntry {
  readonly id: string;
  readonly type: 'story' | 'docs';
  readonly title: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    storybookUrl: string;
    storyEntries: readonly StoryEntry[];
  }
}

/** Builds Storybook as it is published, and serves its files as any static server does: below a path, without rules. */
export default async function setup(project: TestProject): Promise<() => void> {
  buildStorybookIfStale();
  const app = new Hono().use(
    '/bench/*',
    serveStatic({ root: STORYBOOK, rewriteRequestPath: (path) => path.replace(/^\/bench/, '') }),
  );
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(listening));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const index = JSON.parse(await readFile(join(STORYBOOK, 'index.json'), 'utf8')) as {
    entries: Record<string, StoryEntry>;
  };
  project.provide('storybookUrl', `http://127.0.0.1:${port}/bench`);
  project.provide(
    'storyEntries',
    Object.values(index.entries).map(({ id, type, title }) => ({ id, type, title })),
  );
  return () => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
}
