import { handler } from '../../upsolve';

export { handler as GET, handler as POST, handler as OPTIONS };
