import { handler } from '../upsolve.server';

// In app/routes.ts: route('upsolve/*', 'routes/upsolve.ts')
export const loader = ({ request }: { request: Request }) => handler(request);
export const action = loader;
