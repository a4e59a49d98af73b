import type { GraphGroup } from '../data/contract';
import { fit } from '../text/fit';
import { count } from '../text/format';
import { relation } from '../text/words';
import { show } from '../text/show';
import type { Placed } from './plan';

/** `99,988 more fine-tuned from this`: those of a kind that are not shown yet. */
export function groupText(group: GraphGroup): string {
  return `${count(group.count)} more ${groupRest(group)}`;
}

function groupRest(group: GraphGroup): string {
  const word = show(relation(group.relation));
  return group.direction === 'down' ? `${word} this` : `it was ${word}`;
}

export function GroupMark({ group, placed, id, isFocus, isBusy }: { group: GraphGroup; placed: Placed; id: string; isFocus: boolean; isBusy: boolean }) {
  return (
    <g
      class={isBusy ? 'group group-busy' : 'group'}
      transform={`translate(${placed.x} ${placed.y})`}
      data-id={id}
      role="button"
      tabindex={isFocus ? 0 : -1}
      aria-busy={isBusy}
    >
      <title>{`Show more: ${groupText(group)}`}</title>
      <rect class="ring" x="-4" y="-4" width={placed.width + 8} height={placed.height + 8} rx="6" />
      <rect class="body stack" x="4" y="4" width={placed.width} height={placed.height} rx="4" />
      <rect class="body" width={placed.width} height={placed.height} rx="4" />
      <path class="sign" d={`M10 ${placed.height / 2}h10M15 ${placed.height / 2 - 5}v10`} />
      <text class="name" x="28" y={placed.height / 2 - 3}>{isBusy ? 'fetching' : `${count(group.count)} more`}</text>
      <text class="state" x="28" y={placed.height / 2 + 12}>{fit(groupRest(group), placed.width - 36, 11)}</text>
    </g>
  );
}
