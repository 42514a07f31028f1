import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

/** Upsolve's register call, answered at once, in a process of its own: its work must not count as the backend's. */
const secret = randomBytes(32);
let calls = 0;

const sign = (): Promise<string> =>
  new SignJWT({ data: { displayName: 'Bench' } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .setJti(String(++calls))
    .sign(secret);

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') {
    response.end(JSON.stringify({ calls }));
    return;
  }
  request.resume();
  void sign().then((token) => response.end(JSON.stringify({ token })));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
