import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:http';
import { handler } from './upsolve';

export const server = createServer(getRequestListener(handler));
