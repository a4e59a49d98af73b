import { memo } from './memo';
import { relation } from '../text/words';
import { show } from '../text/show';
import { linePath } from './paths';
import type { Label } from './plan';
import type { DrawnEdge } from './picture';

export const EdgeMark = memo(({ drawn, className }: { drawn: DrawnEdge; className: string }) => {
  const end = drawn.points[drawn.points.length - 1]!;
  return (
    <g class={className} data-key={drawn.key}>
      <path class="line" d={linePath(drawn.points)} />
      <path class="tip" d={`M${end.x - 7} ${end.y - 3.5}L${end.x} ${end.y}L${end.x - 7} ${end.y + 3.5}Z`} />
    </g>
  );
});

export function EdgeLabel({ label }: { label: Label }) {
  return (
    <text class="label" x={label.x} y={label.y} text-anchor={label.anchor}>
      {show(relation(label.text))}
      {label.count > 1 ? ` ×${label.count}` : ''}
    </text>
  );
}
