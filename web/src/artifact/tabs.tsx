import type { Graph } from '../data/contract';
import { plural } from '../text/format';
import type { View } from '../routing/view';

const Views: [View['view'], string][] = [['graph', 'Graph'], ['table', 'Table']];

export function Tabs({ view, graph, onChange }: { view: View['view']; graph: Graph; onChange(view: View['view']): void }) {
  const hidden = graph.groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <div class="tabs">
      <div role="group" aria-label="Show as">
        {Views.map(([name, word]) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => onChange(name)}>{word}</button>
        ))}
      </div>
      <p class="muted" role="status">
        {plural(graph.nodes.length, 'node')}, {plural(graph.edges.length, 'link')}
        {hidden > 0 && <>, {plural(hidden, 'more', 'more')} in groups</>}
        {graph.truncated && ', and more beyond'}
      </p>
    </div>
  );
}
