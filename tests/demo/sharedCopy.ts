import type { TestProject } from 'vitest/node';
import { startCopy } from './startCopy.ts';

declare module 'vitest' {
  interface ProvidedContext {
    demoUrl: string;
  }
}

/** One demo for every file: each page that is opened has a session of its own. No token ends while a test looks at it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const copy = await startCopy({ DEMO_TOKEN_SECONDS: '3600' });
  project.provide('demoUrl', copy.url);
  return copy.stop;
}
