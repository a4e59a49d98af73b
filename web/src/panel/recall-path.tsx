import type { Graph, GraphNode } from '../data/contract';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { nodeName } from '../graph/names';

/** Why a node is recalled: by name, or over which ancestors the recall comes. */
export function RecallPath({ node, graph, onSelect }: { node: GraphNode; graph: Graph; onSelect(id: string): void }) {
  if (node.recalled === null) {
    return null;
  }
  const { state, advisory_id, path, severity, certain } = node.recalled;
  return (
    <section class="recall-box">
      <p><Icon name="recall" /><strong>{state === 'recalled' ? 'Recalled' : 'A recall reaches this'}</strong> by <Text>{advisory_id}</Text>{severity && <>, <Text>{severity}</Text></>}</p>
      {state === 'affected' && certain === false && <p class="small">Only links that nobody signed lead here, so it may be affected.</p>}
      {path.length > 1 && (
        <ol class="way" aria-label="From the recalled ancestor to this">
          {path.map((id, index) => {
            const found = graph.nodes.find((one) => one.id === id);
            const name = nodeName(found ?? { id, name: null, digest: id.startsWith('sha256:') ? id : null });
            return (
              <li key={index}>
                {found && id !== node.id ? <button type="button" class="link" onClick={() => onSelect(id)}><Text>{name}</Text></button> : <Text>{name}</Text>}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
