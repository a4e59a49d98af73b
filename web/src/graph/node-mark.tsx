import { memo } from './memo';
import type { GraphNode } from '../data/contract';
import { IconPaths, TierPaths } from '../frame/icons';
import { fit } from '../text/fit';
import { show } from '../text/show';
import { nodeName, nodeState } from './names';
import { processPath } from './paths';
import type { Placed } from './plan';

interface Props {
  node: GraphNode;
  placed: Placed;
  isSelected: boolean;
  isFocus: boolean;
}

/** A node: its shape says artifact or process, its outline, icon and word say the tier. */
export const NodeMark = memo(({ node, placed, isSelected, isFocus }: Props) => {
  const name = show(nodeName(node));
  const state = nodeState(node);
  const isProcess = node.shape === 'process';
  const left = isProcess ? 20 : 10;
  const room = placed.width - left - 22 - (isProcess ? 14 : 8) - (node.recalled ? 18 : 0);
  const classes = ['node', `node-${node.tier}`, isProcess ? 'node-process' : 'node-artifact', node.recalled && `node-${node.recalled.state}`, node.primary && 'node-primary', isSelected && 'node-selected'];
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      transform={`translate(${placed.x} ${placed.y})`}
      data-id={node.id}
      role="button"
      tabindex={isFocus ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={`${name}, ${state}`}
    >
      <Outline placed={placed} isProcess={isProcess} className="ring" grown={4} />
      <Outline placed={placed} isProcess={isProcess} className="body" grown={0} />
      <path class="sign" d={TierPaths[node.tier]} transform={`translate(${left} ${placed.height / 2 - 8})`} />
      <svg x={left + 23} y="0" width={Math.max(10, room)} height={placed.height} aria-hidden="true">
        <text class="name" y={placed.height / 2 - 3}>{fit(name, room, 13)}</text>
        <text class="state" y={placed.height / 2 + 13}>{fit(state, room, 11)}</text>
      </svg>
      {node.recalled && <path class="warn" d={IconPaths.recall} transform={`translate(${placed.width - (isProcess ? 34 : 24)} ${placed.height / 2 - 8})`} />}
      <title>{`${name}\n${state}`}</title>
    </g>
  );
});

function Outline({ placed, isProcess, className, grown }: { placed: Placed; isProcess: boolean; className: string; grown: number }) {
  return isProcess
    ? <path class={className} d={processPath(placed, grown)} />
    : <rect class={className} x={-grown} y={-grown} width={placed.width + 2 * grown} height={placed.height + 2 * grown} rx={4 + grown / 2} />;
}
