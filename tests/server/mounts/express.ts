import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { handler } from './upsolve';

export const app = express();
app.use(
  '/upsolve',
  getRequestListener((request, { incoming }) => handler(request, incoming)),
);
