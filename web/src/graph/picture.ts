import type { Graph, GraphEdge, GraphGroup, GraphNode, Tier } from '../data/contract';
import { edgeKey, groupKey } from './growing';
import { stageNumber } from './names';
import { plan, type Box, type Line, type Placed, type Plan, type Routed } from './plan';

export type Drawn = { placed: Placed } & ({ node: GraphNode; group: null } | { node: null; group: GraphGroup });

export interface DrawnEdge extends Routed {
  edge: GraphEdge | null;
  tier: Tier;
}

export interface Picture {
  plan: Plan;
  items: Drawn[];
  edges: DrawnEdge[];
  byId: Map<string, Drawn>;
}

export const Size = { artifact: { width: 164, height: 58 }, process: { width: 140, height: 42 }, group: { width: 164, height: 42 } };

/** The graph as it is drawn: nodes and groups placed, edges routed. */
export function picture(graph: Graph): Picture {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const groups = new Map(graph.groups.filter((group) => nodes.has(group.of)).map((group) => [groupId(group), group]));
  const boxes: Box[] = [
    ...graph.nodes.map((node) => ({ id: node.id, stage: stageNumber(node.stage), ...Size[node.shape === 'process' ? 'process' : 'artifact'] })),
    ...[...groups].map(([id, group]) => ({ id, stage: stageOf(group, graph, nodes), ...Size.group })),
  ];
  const edges = new Map(graph.edges.map((edge) => [edgeKey(edge), edge]));
  const lines: Line[] = [
    ...[...edges].map(([key, edge]) => ({ key, from: edge.target, to: edge.source, relation: edge.relation, lane: `${edge.relation} ${edge.tier}`, weight: 1 })),
    ...[...groups].map(([id, group]) => group.direction === 'down'
      ? { key: id, from: group.of, to: id, relation: group.relation, lane: 'group', weight: group.count }
      : { key: id, from: id, to: group.of, relation: group.relation, lane: 'group', weight: group.count }),
  ];
  const made = plan(boxes, lines);
  const items = made.boxes.map((placed): Drawn => {
    const node = nodes.get(placed.id);
    return node === undefined ? { placed, node: null, group: groups.get(placed.id)! } : { placed, node, group: null };
  });
  return {
    plan: made,
    items,
    edges: made.lines.map((line) => {
      const edge = edges.get(line.key) ?? null;
      return { ...line, edge, tier: edge?.tier ?? 'described' };
    }),
    byId: new Map(items.map((item) => [item.placed.id, item])),
  };
}

export function groupId(group: GraphGroup): string {
  return `group ${groupKey(group)}`;
}

/** A group stands where those of its kind stand that are shown. */
function stageOf(group: GraphGroup, graph: Graph, nodes: Map<string, GraphNode>): number {
  const votes = new Map<number, number>();
  for (const edge of graph.edges) {
    const [near, far] = group.direction === 'down' ? [edge.target, edge.source] : [edge.source, edge.target];
    const other = nodes.get(far);
    if (near === group.of && edge.relation === group.relation && other !== undefined) {
      const stage = stageNumber(other.stage);
      votes.set(stage, (votes.get(stage) ?? 0) + 1);
    }
  }
  const own = stageNumber(nodes.get(group.of)!.stage);
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? own;
}

/** A step of the way that a recall takes. */
export interface Step {
  from: string;
  to: string;
}

/**
 * The edges (by key) over which recalls reach what is shown, and those on the way to one node. A node tells of one recall;
 * `ways` has the steps of all that reach the page's own.
 */
export function recallEdges(graph: Graph, to: GraphNode | null, ways: Step[]): { all: Set<string>; path: Set<string> } {
  const pairs = (node: GraphNode) => (node.recalled?.path ?? []).slice(1).map((id, index) => JSON.stringify([node.recalled!.path[index], id]));
  const more = ways.map(({ from, to: next }) => JSON.stringify([from, next]));
  const any = new Set([...graph.nodes.flatMap(pairs), ...more]);
  const own = new Set(to === null ? [] : to.id === graph.root ? [...pairs(to), ...more] : pairs(to));
  const along = (set: Set<string>) => new Set(graph.edges
    .filter((edge) => set.has(JSON.stringify([edge.target, edge.source])) || set.has(JSON.stringify([edge.source, edge.target])))
    .map(edgeKey));
  return { all: along(any), path: along(own) };
}
