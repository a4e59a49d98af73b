import type { Ref } from 'preact';
import type { Picture } from './picture';
import { place, type MapScale } from './minimap-scale';

interface Props {
  drawn: Picture;
  selected: string;
  scale: MapScale;
  frame: Ref<SVGRectElement>;
  onGo(x: number, y: number): void;
}

/** All of the graph in small, with what is seen of it; a press goes there. Hidden while all of it is seen. */
export function Minimap({ drawn, selected, scale, frame, onGo }: Props) {
  const go = (event: PointerEvent & { currentTarget: Element }) => {
    if (event.buttons === 1) {
      const box = event.currentTarget.getBoundingClientRect();
      onGo((event.clientX - box.left - scale.x) / scale.k, (event.clientY - box.top - scale.y) / scale.k);
    }
  };
  return (
    <svg class="minimap" width={scale.width} height={scale.height} aria-hidden="true" onPointerDown={go} onPointerMove={go}>
      {drawn.items.map(({ placed, node, group }) => (
        <rect
          key={placed.id}
          class={['mini', node?.recalled && 'mini-recalled', group && 'mini-group', placed.id === selected && 'mini-selected'].filter(Boolean).join(' ')}
          {...place(placed, scale)}
        />
      ))}
      <rect ref={frame} class="mini-frame" />
    </svg>
  );
}
