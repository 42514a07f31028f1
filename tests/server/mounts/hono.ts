import { Hono } from 'hono';
import { handler } from './upsolve';

const app = new Hono().all('/upsolve/*', (c) => handler(c.req.raw, c));
export default app;
