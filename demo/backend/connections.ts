import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { Socket } from 'node:net';

type BackendContext = Context<{ Bindings: HttpBindings }>;

const requestCounts = new WeakMap<Socket, number>();

/** Counts the requests of each connection. */
export const noteConnection: MiddlewareHandler<{ Bindings: HttpBindings }> = async (c, next) => {
  const { socket } = c.env.incoming;
  requestCounts.set(socket, (requestCounts.get(socket) ?? 0) + 1);
  await next();
};

/**
 * Cuts the connection of a request. True where the browser takes that for a failure: one that was cut on a connection
 * that had carried another before, it sends again by itself, unseen by the page.
 */
export function cutConnection(c: BackendContext): boolean {
  const { socket } = c.env.incoming;
  const isFirst = requestCounts.get(socket) === 1;
  socket.destroy();
  return isFirst;
}
