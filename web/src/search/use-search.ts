import { useEffect, useState } from 'preact/hooks';
import type { Search } from '../data/contract';
import { find } from './lookup';

const Pause = 120; // milliseconds after the last key

export interface Searching {
  result: Search | null;
  failure: string | null;
  busy: boolean;
}

/** Searches as one types; an answer that comes after a newer question is dropped. */
export function useSearch(q: string, first: Search | null): Searching {
  const [state, setState] = useState<Searching>({ result: first, failure: null, busy: false });
  useEffect(() => {
    if (q.trim() === '') {
      setState({ result: null, failure: null, busy: false });
      return undefined;
    }
    if (first !== null && q === first.q) {
      setState({ result: first, failure: null, busy: false });
      return undefined;
    }
    const stop = new AbortController();
    setState((old) => ({ ...old, busy: true }));
    const timer = setTimeout(() => {
      find(q, stop.signal).then(
        (result) => setState({ result, failure: null, busy: false }),
        (error: unknown) => {
          if (!stop.signal.aborted) {
            setState({ result: null, failure: error instanceof Error ? error.message : String(error), busy: false });
          }
        },
      );
    }, Pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q, first]);
  return state;
}
