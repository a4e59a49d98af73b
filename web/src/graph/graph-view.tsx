import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Graph, GraphGroup } from '../data/contract';
import { Icon } from '../frame/icons';
import { plural } from '../text/format';
import { EdgeLabel, EdgeMark } from './edge-mark';
import { groupKey } from './growing';
import { GroupMark } from './group-mark';
import { Legend } from './legend';
import { Minimap } from './minimap';
import { mapScale } from './minimap-scale';
import { NodeMark } from './node-mark';
import { Stages } from './names';
import { groupId, picture, recallEdges, type DrawnEdge, type Step } from './picture';
import { isArrow, step } from './steps';
import { useViewport } from './use-viewport';

interface Props {
  graph: Graph;
  selected: string;
  busy: string | null;
  /** The steps over which recalls reach the page's own node. */
  ways: Step[];
  onSelect(id: string): void;
  onExpand(group: GraphGroup): void;
}

/** The provenance as a drawing: stages from left to right, moved by pointer, keys or buttons. */
export function GraphView({ graph, selected, busy, ways, onSelect, onExpand }: Props) {
  const drawn = useMemo(() => picture(graph), [graph]);
  const target = drawn.byId.get(selected)?.node ?? null;
  const recalls = useMemo(() => recallEdges(graph, target, ways), [graph, target, ways]);
  const ordered = useMemo(() => {
    const weight = ({ key: id }: DrawnEdge) => (recalls.path.has(id) ? 2 : recalls.all.has(id) ? 1 : 0);
    return [...drawn.edges].sort((a, b) => weight(a) - weight(b));
  }, [drawn, recalls]);
  const [focus, setFocus] = useState(selected);
  const svg = useRef<SVGSVGElement>(null);
  const content = useRef<SVGGElement>(null);
  const bands = useRef<SVGGElement>(null);
  const frame = useRef<SVGRectElement>(null);
  const scale = useMemo(() => mapScale(drawn.plan), [drawn]);
  const moving = useViewport({ svg, content, bands, frame }, drawn.plan, scale, graph.root);
  const focused = drawn.byId.has(focus) ? focus : drawn.byId.has(selected) ? selected : (drawn.items[0]?.placed.id ?? '');

  // What is selected elsewhere (panel, back button) is brought into sight.
  const before = useRef(selected);
  useEffect(() => {
    if (before.current !== selected) {
      before.current = selected;
      setFocus(selected);
      moving.show(selected);
    }
  });

  const act = (id: string) => {
    const item = drawn.byId.get(id);
    setFocus(id);
    if (item?.group) {
      moving.hold(item.group.of);
      onExpand(item.group);
    } else if (item) {
      onSelect(id);
    }
  };
  const idOf = (event: Event) => (event.target as Element).closest('[data-id]')?.getAttribute('data-id') ?? null;
  const goTo = (id: string) => {
    setFocus(id);
    moving.show(id);
    requestAnimationFrame(() => (svg.current?.querySelector(`[data-id="${CSS.escape(id)}"]`) as SVGElement | null)?.focus());
  };
  const key = (event: KeyboardEvent) => {
    const at = idOf(event) ?? focused;
    const item = drawn.byId.get(at);
    if (event.altKey || event.ctrlKey || event.metaKey || item === undefined) {
      return;
    }
    const next = isArrow(event.key) ? step(drawn.plan.boxes, drawn.plan.lines, item.placed, event.key) : null;
    const acts: Record<string, () => void> = {
      Enter: () => act(at),
      ' ': () => act(at),
      '+': () => moving.zoomBy(1.25),
      '=': () => moving.zoomBy(1.25),
      '-': () => moving.zoomBy(0.8),
      '0': () => moving.fit(),
      Home: () => goTo(graph.root),
    };
    if (isArrow(event.key)) {
      event.preventDefault();
      if (next !== null) {
        goTo(next.id);
      }
    } else if (Object.hasOwn(acts, event.key)) {
      event.preventDefault();
      acts[event.key]!();
    }
  };
  // A group that had the focus is gone with its last page: the focus goes to what it was of.
  const group = useRef<GraphGroup | null>(null);
  useEffect(() => {
    if (group.current !== null && !drawn.byId.has(groupId(group.current)) && document.activeElement === document.body) {
      goTo(group.current.of);
    }
    group.current = drawn.byId.get(focus)?.group ?? null;
  }, [drawn, focus]);

  // Heard on the frame: an SVG element that listens for focus can itself be focused.
  const focusIn = (event: FocusEvent) => {
    const id = idOf(event);
    if (id !== null && id !== focus) {
      setFocus(id);
      moving.show(id);
    }
  };
  const edgeClass = ({ key: id, from, to, tier }: DrawnEdge) =>
    ['edge', `edge-${tier}`, recalls.all.has(id) && 'edge-recall', recalls.path.has(id) && 'edge-path', (from === selected || to === selected) && 'edge-near'].filter(Boolean).join(' ');

  return (
    <div class="canvas">
      <div class="drawing-frame" onFocusIn={focusIn}>
        <svg
          ref={svg}
          class="drawing"
          role="group"
          aria-label={`Provenance graph, ${plural(graph.nodes.length, 'node')}. Arrow keys move along the links, Enter opens.`}
          onClick={(event) => {
            const id = idOf(event);
            if (id !== null) {
              act(id);
            }
          }}
          onKeyDown={key}
        >
          <g ref={content}>
            <g aria-hidden="true">
              {ordered.map((edge) => <EdgeMark key={edge.key} drawn={edge} className={edgeClass(edge)} />)}
              {drawn.plan.labels.map((label) => <EdgeLabel key={label.key} label={label} />)}
            </g>
            {drawn.items.map(({ placed, node, group }) => node
              ? <NodeMark key={placed.id} node={node} placed={placed} isSelected={placed.id === selected} isFocus={placed.id === focused} />
              : <GroupMark key={placed.id} id={placed.id} group={group} placed={placed} isFocus={placed.id === focused} isBusy={busy === groupKey(group)} />)}
          </g>
          <rect class="bands-back" width="100%" height="28" aria-hidden="true" />
          <g ref={bands} class="bands" aria-hidden="true">
            {drawn.plan.stages.map((band, index) => (
              <g key={index} data-x={band.x} data-width={band.width}>
                <rect height="2" y="26" />
                <text y="18">{Stages[band.stage]!.word}</text>
              </g>
            ))}
          </g>
        </svg>
        <Minimap drawn={drawn} selected={selected} scale={scale} frame={frame} onGo={moving.center} />
        <div class="tools">
          <button type="button" onClick={() => moving.zoomBy(1.25)} aria-label="Zoom in" title="Zoom in (+)"><Icon name="plus" /></button>
          <button type="button" onClick={() => moving.zoomBy(0.8)} aria-label="Zoom out" title="Zoom out (−)"><Icon name="minus" /></button>
          <button type="button" onClick={() => moving.fit()} aria-label="Fit all" title="Fit all (0)"><Icon name="fit" /></button>
        </div>
      </div>
      <Legend />
    </div>
  );
}
