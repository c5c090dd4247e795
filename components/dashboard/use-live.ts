'use client';

import { useQuery } from '@tanstack/react-query';

/** Often enough to watch a signature happen, rarely enough for a hundred open tabs. */
const refreshEveryMs = 5_000;

/**
 * The newest data at `address`, beginning with what the page was made with. When a refresh fails the old data stay, and `isStale`
 * says so; a 401 leads back to the sign-in by reloading.
 */
export function useLive<Data>(address: string, initial: Data): { data: Data; isStale: boolean } {
  const query = useQuery({
    queryKey: [address],
    queryFn: async (): Promise<Data> => {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (answer.status === 401) window.location.reload();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return answer.json();
    },
    initialData: initial,
    refetchInterval: refreshEveryMs,
    refetchOnWindowFocus: true,
  });
  return { data: query.data ?? initial, isStale: query.isError };
}
