import type { Graph, GraphEdge, GraphNode } from '../data/contract';
import { Text } from '../frame/text';
import { nodeName } from '../graph/names';
import { plural } from '../text/format';
import { relation } from '../text/words';

const Most = 8;

/** The node's links that are shown, in words. */
export function Links({ node, graph, onSelect }: { node: GraphNode; graph: Graph; onSelect(id: string): void }) {
  const up = graph.edges.filter((edge) => edge.source === node.id);
  const down = graph.edges.filter((edge) => edge.target === node.id);
  return (
    <>
      <Side word="Made of" edges={up} far={(edge) => edge.target} total={node.parents} graph={graph} onSelect={onSelect} />
      <Side word="Used by" edges={down} far={(edge) => edge.source} total={node.children} graph={graph} onSelect={onSelect} />
    </>
  );
}

interface SideProps {
  word: string;
  edges: GraphEdge[];
  far(edge: GraphEdge): string;
  total: number;
  graph: Graph;
  onSelect(id: string): void;
}

function Side({ word, edges, far, total, graph, onSelect }: SideProps) {
  if (edges.length === 0) {
    return null;
  }
  const shown = edges.slice(0, Most);
  const more = Math.max(total, edges.length) - shown.length;
  return (
    <section>
      <h3>{word}</h3>
      <ul class="plain-list">
        {shown.map((edge, index) => {
          const id = far(edge);
          const other = graph.nodes.find((one) => one.id === id);
          return (
            <li key={index}>
              <span class="muted"><Text>{relation(edge.relation)}</Text></span>{' '}
              {other ? <button type="button" class="link" onClick={() => onSelect(id)}><Text>{nodeName(other)}</Text></button> : <Text>{id}</Text>}
              <span class="muted small"> ({edge.tier}{edge.log_index !== null && `, entry ${edge.log_index}`})</span>
            </li>
          );
        })}
      </ul>
      {more > 0 && <p class="muted small">and {plural(more, 'other')}</p>}
    </section>
  );
}
