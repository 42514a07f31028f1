import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

/**
 * An Upsolve that answers at once. Its tokens are signed beforehand but for their last part, of which nobody but Upsolve
 * can tell whether it is right: so each is another one, and costs nothing.
 */
const token = await new SignJWT({ data: { displayName: 'Bench' } })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(randomBytes(32));
const unsigned = token.slice(0, token.lastIndexOf('.'));
let calls = 0;
const server = createServer((request, response) => {
  calls++;
  request.resume();
  const answer = { status: 'success', data: { token: `${unsigned}.${randomBytes(32).toString('base64url')}` } };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('message', () => {
  process.send?.(calls);
  calls = 0;
});
