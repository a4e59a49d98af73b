import type { Graph, GraphGroup, Neighbours } from '../data/contract';

/** Groups are told apart by what they are of. */
export function groupKey(group: Pick<GraphGroup, 'of' | 'direction' | 'relation'>): string {
  return JSON.stringify([group.of, group.direction, group.relation]);
}

export function edgeKey(edge: { source: string; target: string; relation: string }): string {
  return JSON.stringify([edge.source, edge.relation, edge.target]);
}

/** The graph with one more page of a group: what is there already is not doubled, the group shrinks and vanishes with its last page. */
export function grow(graph: Graph, group: GraphGroup, page: Neighbours): Graph {
  const nodes = new Set(graph.nodes.map((node) => node.id));
  const edges = new Set(graph.edges.map(edgeKey));
  const added = page.nodes.filter((node) => !nodes.has(node.id));
  const key = groupKey(group);
  return {
    ...graph,
    nodes: [...graph.nodes, ...added],
    edges: [...graph.edges, ...page.edges.filter((edge) => !edges.has(edgeKey(edge)))],
    groups: graph.groups.flatMap((old) => {
      if (groupKey(old) !== key) {
        return [old];
      }
      return page.next_cursor === null ? [] : [{ ...old, count: Math.max(0, old.count - page.nodes.length), more: page.next_cursor }];
    }),
  };
}
