import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { address, getJson } from '../data/api';
import type { Graph, GraphGroup, Neighbours } from '../data/contract';
import type { Opened } from '../routing/view';
import { groupKey, grow } from './growing';

const PageSize = 50;

export interface Growing {
  graph: Graph;
  /** The group that is being fetched, by its key. */
  busy: string | null;
  failure: string | null;
  /** Fetches one more page; resolves to the ids of what came. */
  expand(group: GraphGroup): Promise<string[]>;
}

/** The graph with the groups expanded that the address names. */
export function useGraph(first: Graph, opened: Opened[]): Growing {
  const [graph, setGraph] = useState(first);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const shown = useRef({ graph: first, pages: new Map<string, number>() });

  const fetchPage = useCallback(async (group: GraphGroup): Promise<string[]> => {
    const key = groupKey(group);
    setBusy(key);
    try {
      const page = await getJson<Neighbours>(address('/v1/graph/neighbours', {
        node: group.of, direction: group.direction, relation: group.relation, cursor: group.more, limit: PageSize,
      }));
      shown.current.graph = grow(shown.current.graph, group, page);
      shown.current.pages.set(key, (shown.current.pages.get(key) ?? 0) + 1);
      setGraph(shown.current.graph);
      setFailure(null);
      return page.nodes.map((node) => node.id);
    } catch (error) {
      setFailure(`More could not be fetched: ${(error as Error).message}`);
      return [];
    } finally {
      setBusy(null);
    }
  }, []);

  // Brings the graph to what the address says: forward by fetching, back (fewer pages) by starting over from the first answer.
  const wanted = JSON.stringify(opened);
  useEffect(() => {
    let stopped = false;
    const pages = new Map((JSON.parse(wanted) as Opened[]).map((one) => [groupKey(one), one.pages]));
    const now = shown.current;
    if ([...now.pages].some(([key, count]) => count > (pages.get(key) ?? 0))) {
      shown.current = { graph: first, pages: new Map() };
      setGraph(first);
    }
    void (async () => {
      for (const [key, count] of pages) {
        while (!stopped && (shown.current.pages.get(key) ?? 0) < count) {
          const group = shown.current.graph.groups.find((one) => groupKey(one) === key);
          if (group === undefined || (await fetchPage(group)).length === 0) {
            break;
          }
        }
      }
    })();
    return () => {
      stopped = true;
    };
  }, [wanted, first, fetchPage]);

  return { graph, busy, failure, expand: fetchPage };
}
