import { getRequestListener } from '@hono/node-server';
import Fastify from 'fastify';
import { handler } from './upsolve';

export const app = Fastify().all('/upsolve/*', async (request, reply) => {
  reply.hijack();
  await getRequestListener((asked) => handler(asked, request))(request.raw, reply.raw);
});
