import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startCopy } from './startCopy.ts';

it('two copies started at once take different ports, and each serves its page under a strict policy', async () => {
  const DEMO_PORT = String(await findFreePort());
  const starts = [startCopy({ DEMO_PORT }), startCopy({ DEMO_PORT })];
  onTestFinished(async () => {
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') await start.value.stop();
  });
  const copies = await Promise.all(starts);
  expect(new Set(copies.map(({ url }) => url)).size).toBe(2);
  for (const { url } of copies) {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(await response.text()).not.toMatch(/<style|<script>|style=/);
  }
});

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
