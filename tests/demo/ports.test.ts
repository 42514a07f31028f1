import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startCopy } from './startCopy.ts';

it('two copies started at once take different ports, and each serves its page under a strict policy', async () => {
  const DEMO_PORT = String(await findFreePort());
  const copies = await Promise.all([startCopy({ DEMO_PORT }), startCopy({ DEMO_PORT })]);
  expect(new Set(copies.map(({ url }) => url)).size).toBe(2);
  for (const { url } of copies) {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(await response.text()).not.toMatch(/<style|<script>|style=/);
  }
  await Promise.all(copies.map(({ stop }) => stop()));
});

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
