import type { ComponentChildren } from 'preact';
import { memo } from './memo';
import type { GraphNode } from '../data/contract';
import { IconPaths, TierPaths } from '../frame/icons';
import { fit, textWidth } from '../text/fit';
import { show } from '../text/show';
import { nodeName, nodeState, shortState, splitName } from './names';
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
  const isProcess = node.shape === 'process';
  const left = isProcess ? 16 : 10;
  const room = placed.width - left - 22 - (isProcess ? 12 : 8);
  const classes = ['node', `node-${node.tier}`, isProcess ? 'node-process' : 'node-artifact', node.recalled && `node-${node.recalled.state}`, node.primary && 'node-primary', isSelected && 'node-selected'];
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      transform={`translate(${placed.x} ${placed.y})`}
      data-id={node.id}
      role="button"
      tabindex={isFocus ? 0 : -1}
      aria-pressed={isSelected}
    >
      <title>{`${name}, ${nodeState(node)}`}</title>
      <Outline placed={placed} isProcess={isProcess} className="ring" grown={4} />
      <Outline placed={placed} isProcess={isProcess} className="body" grown={0} />
      <path class="sign" d={TierPaths[node.tier]} transform={`translate(${left} ${placed.height / 2 - 8})`} />
      <Clip text={name} x={left + 22} width={Math.max(10, room)} height={placed.height}>
        <Lines node={node} middle={placed.height / 2} room={room} />
      </Clip>
      {node.recalled && <path class="warn" d={IconPaths.recall} transform={`translate(${placed.width - 12} -5)`} />}
    </g>
  );
});

/** Scripts of any width and height are clipped; plain letters are as wide as was estimated and go without, which is cheaper. */
function Clip({ text, x, width, height, children }: { text: string; x: number; width: number; height: number; children: ComponentChildren }) {
  return /^[\x20-\x7e…]*$/.test(text)
    ? <g transform={`translate(${x} 0)`} aria-hidden="true">{children}</g>
    : <svg x={x} width={width} height={height} aria-hidden="true">{children}</svg>;
}

/** Owner, name, state; without owner the two others in the middle. */
function Lines({ node, middle, room }: { node: GraphNode; middle: number; room: number }) {
  const { owner, rest } = node.shape === 'process' ? { owner: null, rest: nodeName(node) } : splitName(nodeName(node));
  const base = owner === null ? middle - 3 : middle + 4;
  return (
    <>
      {owner !== null && <text class="owner" y={base - 15}>{fit(show(owner), room, 11)}</text>}
      <text class="name" y={base}>{fit(show(rest), room, 13)}</text>
      <text class="state" y={base + 15}>{textWidth(shortState(node), 11) <= room ? shortState(node) : node.tier}</text>
    </>
  );
}

function Outline({ placed, isProcess, className, grown }: { placed: Placed; isProcess: boolean; className: string; grown: number }) {
  return isProcess
    ? <path class={className} d={processPath(placed, grown)} />
    : <rect class={className} x={-grown} y={-grown} width={placed.width + 2 * grown} height={placed.height + 2 * grown} rx={4 + grown / 2} />;
}
