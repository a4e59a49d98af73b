import { memo } from './memo';
import { relation } from '../text/words';
import { shortCount } from '../text/format';
import { fit, textWidth } from '../text/fit';
import { show } from '../text/show';
import { linePath } from './paths';
import type { Label } from './plan';
import type { DrawnEdge } from './picture';

export const EdgeMark = memo(({ drawn, className }: { drawn: DrawnEdge; className: string }) => {
  const end = drawn.points[drawn.points.length - 1]!;
  return (
    <g class={className} data-key={drawn.key}>
      <path class="line" d={linePath(drawn)} />
      <path class="tip" d={`M${end.x - 7} ${end.y - 3.5}L${end.x} ${end.y}L${end.x - 7} ${end.y + 3.5}Z`} />
    </g>
  );
});

/** The word of a fan of lines, laid on them where they meet. */
export function EdgeLabel({ label }: { label: Label }) {
  const text = show(relation(label.text)) + (label.count > 1 ? ` ×${shortCount(label.count)}` : '');
  const shown = fit(text, 106, 10.5);
  const width = textWidth(shown, 10.5) + 4;
  return (
    <g class="label">
      <rect x={label.anchor === 'end' ? label.x - width : label.x} y={label.y - 7} width={width} height="14" />
      <text x={label.anchor === 'end' ? label.x - 2 : label.x + 2} y={label.y + 3.5} text-anchor={label.anchor}>{shown}</text>
    </g>
  );
}
