import { handler } from '../upsolve.server';
import type { Route } from './+types/upsolve';

// A resource route: it answers everything below /upsolve, GET by its loader and POST by its action.
export const loader = ({ request }: Route.LoaderArgs) => handler(request);
export const action = ({ request }: Route.ActionArgs) => handler(request);
