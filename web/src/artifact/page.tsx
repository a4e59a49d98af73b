import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { Artifact, Graph, GraphGroup } from '../data/contract';
import { GraphView } from '../graph/graph-view';
import { groupKey } from '../graph/growing';
import { useGraph } from '../graph/use-graph';
import { Panel } from '../panel/panel';
import { MostPages } from '../routing/view';
import { useView } from '../routing/use-view';
import { TableView } from '../table/table-view';
import { Head, isStanding } from './head';
import { Tabs } from './tabs';

/** A node's page: what it is, then its provenance as a graph or a table beside what is known of the selected node. */
export function ArtifactPage({ graph: first, artifact }: { graph: Graph; artifact: Artifact | null }) {
  const [view, change] = useView();
  const { graph, busy, failure, expand } = useGraph(first, view.opened);
  const byId = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const selected = view.selected !== null && byId.has(view.selected) ? view.selected : graph.root;
  const node = byId.get(selected) ?? null;

  const ways = useMemo(() => (artifact?.advisories ?? []).filter(isStanding).flatMap((advisory) => advisory.path ?? []), [artifact]);
  const isChosen = useRef(false);
  const select = useCallback((id: string) => {
    isChosen.current = true;
    change({ selected: id === graph.root ? null : id });
  }, [change, graph.root]);
  const open = (group: GraphGroup) => {
    const key = groupKey(group);
    const before = view.opened.find((one) => groupKey(one) === key);
    if (busy !== null) {
      return;
    }
    if ((before?.pages ?? 0) >= MostPages) {
      void expand(group);
      return;
    }
    const now = { of: group.of, direction: group.direction, relation: group.relation, pages: (before?.pages ?? 0) + 1 };
    change({ opened: before ? view.opened.map((one) => (one === before ? now : one)) : [...view.opened, now] });
  };

  return (
    <div class="artifact">
      <Head artifact={artifact} node={byId.get(graph.root) ?? null} />
      <Tabs view={view.view} onChange={(next) => change({ view: next })} graph={graph} />
      {failure && <p class="bad" role="alert">{failure}</p>}
      <div class="work">
        {view.view === 'graph'
          ? <GraphView graph={graph} selected={selected} busy={busy} ways={ways} onSelect={select} onExpand={open} />
          : <TableView graph={graph} selected={selected} sort={view.sort} busy={busy} onSort={(sort) => change({ sort }, 'replace')} onSelect={select} onExpand={open} />}
        {node && <Panel key={node.id} node={node} graph={graph} first={artifact} isChosen={isChosen.current} onSelect={select} />}
      </div>
    </div>
  );
}
