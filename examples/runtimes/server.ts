import { handler } from './upsolve';

export default { fetch: handler };
