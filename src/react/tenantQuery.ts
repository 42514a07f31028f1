import { QueryClient, type QueryFunction } from '@tanstack/react-query';
import type { FetchCarrier, ReceivedAnswer } from '../core/response';

/**
 * A client of our own with one query, which carries the fetch and nothing else. It is never put into the host's context, so
 * no default, cache, persister or devtool of the host can see it or hold it up. Time is the engine's: nothing here is ever
 * stale, retried or refetched, and no answer outlives its request.
 */
export function createTenantQuery(): FetchCarrier {
  let client: QueryClient | undefined;
  let count = 0;
  return async (identity, fetch) => {
    client ??= new QueryClient();
    const cache = client.getQueryCache();
    // The query's own signal is not read: reading it would cancel the request when StrictMode remounts.
    const queryFn: QueryFunction<ReceivedAnswer> = fetch;
    const query = cache.build<ReceivedAnswer>(client, {
      // A key of its own for each request: none joins one that was given up.
      queryKey: ['react-upsolve-tenant', identity, (count += 1)],
      queryFn,
      retry: false,
      networkMode: 'always',
      gcTime: 0,
      structuralSharing: false,
    });
    try {
      return await query.fetch();
    } finally {
      cache.remove(query);
      // A query that is no longer in the cache plans its collection all the same.
      query.destroy();
    }
  };
}
