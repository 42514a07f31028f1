import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { ReceivedAnswer } from '../core/readResponse';
import type { FetchCarrier } from '../core/tenancyContract';

const QUERY_NAME = 'react-upsolve-tenant';

/**
 * Rule 14: a client of our own with one query, which carries the fetch and nothing else. It is never put into the host's
 * context, so no default, cache, persister or devtool of the host can see it or hold it up; an observer is asked directly,
 * since a hook would obey the host's PersistQueryClientProvider. Time is the engine's: nothing here is ever stale, retried
 * or refetched, and no answer outlives its request.
 */
export function createTenantQuery(): FetchCarrier {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        enabled: false,
        retry: false,
        networkMode: 'always',
        gcTime: 0,
        staleTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
        refetchOnMount: false,
        refetchOnReconnect: false,
        refetchOnWindowFocus: false,
      },
    },
  });

  return {
    async carry(identity, fetch) {
      if (identity === '') throw new TypeError('A query key has no empty parts.');
      // The query's own signal is not read: reading it would cancel the request when StrictMode remounts.
      const observer = new QueryObserver<ReceivedAnswer>(client, { queryKey: [QUERY_NAME, identity], queryFn: fetch });
      const query = observer.getCurrentQuery();
      try {
        await observer.refetch({ cancelRefetch: false, throwOnError: true });
        return query.state.data as ReceivedAnswer;
      } finally {
        client.getQueryCache().remove(query);
        // A query that is no longer in the cache plans its collection all the same.
        query.destroy();
      }
    },
    drop: () => client.clear(),
  };
}
