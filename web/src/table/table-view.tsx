import { useMemo } from 'preact/hooks';
import type { Graph, GraphGroup } from '../data/contract';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { groupText } from '../graph/group-mark';
import { groupKey } from '../graph/growing';
import { nodeName, recallWord, stageWord } from '../graph/names';
import { count } from '../text/format';
import { show } from '../text/show';
import { kind, relation } from '../text/words';
import { Columns, readSort, rows, type Column, type Row } from './rows';

interface Props {
  graph: Graph;
  selected: string;
  sort: string | null;
  busy: string | null;
  onSort(sort: string): void;
  onSelect(id: string): void;
  onExpand(group: GraphGroup): void;
}

const Words: Record<Column, string> = {
  name: 'Name', kind: 'Kind', stage: 'Stage', tier: 'Tier', recall: 'Recall', signer: 'Signer', parents: 'Parents', children: 'Children',
};

/** The same nodes and links as the graph, for keyboards, screen readers and sorting. */
export function TableView({ graph, selected, sort, busy, onSort, onSelect, onExpand }: Props) {
  const all = useMemo(() => rows(graph, sort), [graph, sort]);
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const sorted = readSort(sort);
  return (
    <div class="table-view">
      <div class="scroll" role="region" aria-label="Provenance table" tabindex={0}>
        <table>
          <thead>
            <tr>
              {Columns.map((column) => (
                <th key={column} scope="col" class={column === 'parents' || column === 'children' ? 'number' : undefined} aria-sort={sorted.column !== column ? 'none' : sorted.isDown ? 'descending' : 'ascending'}>
                  <button type="button" class="sort" onClick={() => onSort(sorted.column === column && !sorted.isDown ? `-${column}` : column)}>
                    {Words[column]}
                    {sorted.column === column && <Icon name={sorted.isDown ? 'sortDown' : 'sortUp'} />}
                  </button>
                </th>
              ))}
              <th scope="col">Made of</th>
            </tr>
          </thead>
          <tbody>{all.map((row) => <Line key={row.node.id} row={row} isSelected={row.node.id === selected} onSelect={onSelect} />)}</tbody>
        </table>
      </div>
      {graph.groups.length > 0 && (
        <ul class="more" aria-label="Not shown yet">
          {graph.groups.map((group) => (
            <li key={groupKey(group)}>
              <button type="button" class="button" disabled={busy !== null} onClick={() => onExpand(group)}>
                <Icon name="plus" />
                <span>{groupText(group)}: <Text>{nodeName(nodes.get(group.of) ?? { id: group.of, name: null, digest: null })}</Text></span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ row, isSelected, onSelect }: { row: Row; isSelected: boolean; onSelect(id: string): void }) {
  const { node } = row;
  return (
    <tr aria-selected={isSelected} class={isSelected ? 'row-selected' : undefined}>
      <th scope="row">
        <button type="button" class="link" aria-pressed={isSelected} onClick={() => onSelect(node.id)}><Text>{row.name}</Text></button>
      </th>
      <td>{kind(node.kind)}{node.shape === 'process' && ' (process)'}</td>
      <td>{stageWord(node.stage)}</td>
      <td><TierMark tier={node.tier} /></td>
      <td>{node.recalled && <span class="recalled" title={show(node.recalled.advisory_id)}><Icon name="recall" />{recallWord(node.recalled)}</span>}</td>
      <td class="cut" title={node.signer ? show(node.signer.identity) : undefined}>{node.signer && <Text>{node.signer.identity}</Text>}</td>
      <td class="number">{count(node.parents)}</td>
      <td class="number">{count(node.children)}</td>
      <td>
        {row.madeOf.length > 0 && (
          <ul class="plain-list">
            {row.madeOf.map((made, index) => (
              <li key={index}>
                <span class="muted"><Text>{relation(made.relation)}</Text></span>{' '}
                <button type="button" class="link" onClick={() => onSelect(made.node.id)}><Text>{nodeName(made.node)}</Text></button>{' '}
                <span class="muted small">({made.tier})</span>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
