import type { Graph, GraphNode } from '../data/contract';
import { nodeName, stageNumber } from '../graph/names';

export interface Row {
  node: GraphNode;
  name: string;
  /** What it was made of, and how, among what is shown. */
  madeOf: { node: GraphNode; relation: string; tier: string }[];
}

export const Columns = ['name', 'kind', 'stage', 'tier', 'recall', 'signer', 'parents', 'children'] as const;
export type Column = (typeof Columns)[number];

const Order = new Intl.Collator('en', { numeric: true });
const Tiers = ['described', 'identified', 'attested'];

/** The graph's nodes as rows, in the order that is asked for (`name`, `-children`); by stage without. */
export function rows(graph: Graph, sort: string | null): Row[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const madeOf = new Map<string, Row['madeOf']>(graph.nodes.map((node) => [node.id, []]));
  for (const edge of graph.edges) {
    const target = nodes.get(edge.target);
    if (target !== undefined) {
      madeOf.get(edge.source)?.push({ node: target, relation: edge.relation, tier: edge.tier });
    }
  }
  const all = graph.nodes.map((node): Row => ({ node, name: nodeName(node), madeOf: madeOf.get(node.id)! }));
  const { column, isDown } = readSort(sort);
  return all.sort((a, b) => (isDown ? -1 : 1) * compare(a, b, column) || Order.compare(a.name, b.name));
}

export function readSort(sort: string | null): { column: Column; isDown: boolean } {
  const isDown = sort?.startsWith('-') ?? false;
  const name = isDown ? sort!.slice(1) : sort;
  return { column: Columns.find((column) => column === name) ?? 'stage', isDown };
}

function compare(a: Row, b: Row, column: Column): number {
  switch (column) {
    case 'name':
      return Order.compare(a.name, b.name);
    case 'kind':
      return Order.compare(a.node.kind, b.node.kind);
    case 'stage':
      return stageNumber(a.node.stage) - stageNumber(b.node.stage);
    case 'tier':
      return Tiers.indexOf(a.node.tier) - Tiers.indexOf(b.node.tier);
    case 'recall':
      return weight(a) - weight(b);
    case 'signer':
      return Order.compare(a.node.signer?.identity ?? '', b.node.signer?.identity ?? '');
    case 'parents':
      return a.node.parents - b.node.parents;
    case 'children':
      return a.node.children - b.node.children;
  }
}

function weight(row: Row): number {
  return row.node.recalled === null ? 0 : row.node.recalled.state === 'affected' ? 1 : 2;
}
