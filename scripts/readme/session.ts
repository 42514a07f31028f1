import type express from 'express';

/** Stands for the app's own session, which the README's backend examples ask. */
export interface Session {
  orgId: string;
  orgName: string;
  userId: string;
  permissions: { addFilter?: boolean; drillDown?: boolean; readOnly?: boolean };
}

export declare function getSession(request: Request): Promise<Session | null>;
/** The same in a framework whose pages get no request: Next reads cookies by a function of its own. */
export declare function readSession(): Promise<Session | null>;
/** The same in Express, whose session middleware has put it on the request. */
export declare function sessionOf(request: express.Request): Session | null;
