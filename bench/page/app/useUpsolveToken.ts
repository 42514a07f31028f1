import { useCallback, useEffect, useRef, useState } from 'react';

/** What is asked of a backend and kept, where no package does it. */
export interface UpsolveToken {
  readonly token: string | null;
  readonly permissions: Readonly<Record<string, boolean>>;
  readonly error: unknown;
  readonly refresh: () => Promise<void>;
}

interface Answer {
  token: string;
  expiresAt: string;
  permissions: Record<string, boolean>;
}

const LEAD_MS = 5 * 60_000;
const RETRY_MS = 30_000;

/** The measure: the hook that a good engineer writes in ten minutes, and not a straw man. */
export function useUpsolveToken(endpoint: string): UpsolveToken {
  const [state, setState] = useState<Omit<UpsolveToken, 'refresh'>>({ token: null, permissions: {}, error: null });
  const timer = useRef<number>(undefined);
  const request = useRef<AbortController>(undefined);

  const refresh = useCallback(async (): Promise<void> => {
    request.current?.abort();
    window.clearTimeout(timer.current);
    const { signal } = (request.current = new AbortController());
    const refreshIn = (ms: number): void => {
      timer.current = window.setTimeout(() => void refresh(), Math.max(0, ms));
    };
    try {
      const response = await fetch(endpoint, { method: 'POST', signal });
      if (!response.ok) throw new Error(`The backend answered ${response.status}`);
      const { token, expiresAt, permissions } = (await response.json()) as Answer;
      setState({ token, permissions, error: null });
      refreshIn(Date.parse(expiresAt) - Date.now() - LEAD_MS);
    } catch (error) {
      if (signal.aborted) return;
      setState((before) => ({ ...before, error }));
      refreshIn(RETRY_MS);
    }
  }, [endpoint]);

  useEffect(() => {
    void refresh();
    return () => {
      request.current?.abort();
      window.clearTimeout(timer.current);
    };
  }, [refresh]);

  return { ...state, refresh };
}
