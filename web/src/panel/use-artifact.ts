import { useEffect, useState } from 'preact/hooks';
import { getJson, Refused } from '../data/api';
import type { Artifact, GraphNode } from '../data/contract';

interface Fetched {
  artifact: Artifact | null;
  failure: string | null;
  busy: boolean;
}

const kept = new Map<string, Artifact>();

/** What the registry knows of a node's digest; the page's own came with the page. */
export function useArtifact(node: GraphNode, first: Artifact | null): Fetched {
  const own = node.digest === null ? null : first?.digest === node.digest ? first : (kept.get(node.digest) ?? null);
  const [state, setState] = useState<Fetched>({ artifact: own, failure: null, busy: own === null && node.digest !== null });
  useEffect(() => {
    const { digest } = node;
    if (own !== null || digest === null) {
      return undefined;
    }
    const stop = new AbortController();
    getJson<Artifact>(`/v1/artifacts/${encodeURIComponent(digest)}`, stop.signal).then(
      (artifact) => {
        kept.set(digest, artifact);
        setState({ artifact, failure: null, busy: false });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) {
          // A node may be known by a link alone: then there is nothing to tell, and that is no failure.
          const isUnknown = error instanceof Refused && error.status === 404;
          setState({ artifact: null, failure: isUnknown ? null : `Its details could not be fetched: ${(error as Error).message}`, busy: false });
        }
      },
    );
    return () => stop.abort();
  }, [node, own]);
  return state;
}
