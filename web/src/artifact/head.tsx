import type { Advisory, Artifact, GraphNode } from '../data/contract';
import { Digest } from '../frame/digest';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { nodeName } from '../graph/names';
import { plural } from '../text/format';
import { kind } from '../text/words';
import { safeLink } from '../text/links';

/** What it is called, what it is, and above all whether it is recalled. */
export function Head({ artifact, node }: { artifact: Artifact | null; node: GraphNode | null }) {
  const name = artifact?.name || (node && nodeName(node)) || artifact?.digest || '';
  const digest = artifact?.digest ?? node?.digest ?? null;
  const tier = artifact?.tier ?? node?.tier;
  const hub = safeLink(artifact?.hub);
  return (
    <div class="head">
      <div class="head-line">
        <h1><Text>{name}</Text></h1>
        {tier && <TierMark tier={tier} />}
        {node && <span class="muted">{kind(node.kind)}</span>}
        {digest && <Digest digest={digest} />}
        {hub && <a href={hub} rel="noreferrer noopener">At the hub<Icon name="out" /></a>}
        {node && <span class="muted">made of {plural(node.parents, 'other')}, {plural(node.children, 'descendant')} directly</span>}
      </div>
      <Warnings advisories={(artifact?.advisories ?? []).filter(isStanding)} />
    </div>
  );
}

export function isStanding(advisory: Advisory): boolean {
  return advisory.status !== 'withdrawn' && advisory.status !== 'mitigated';
}

const Severities = ['critical', 'high', 'medium', 'low'];

/** What recalls it by its digest first, then what reaches it; the worst first. */
function Warnings({ advisories }: { advisories: Advisory[] }) {
  if (advisories.length === 0) {
    return null;
  }
  const weight = (advisory: Advisory) => (isNamed(advisory) ? 0 : 10) + Math.max(0, Severities.indexOf(advisory.severity ?? ''));
  return (
    <div class="warning">
      <Icon name="recall" />
      <ul>
        {[...advisories].sort((a, b) => weight(a) - weight(b)).map((advisory, index) => <Warning key={index} advisory={advisory} />)}
      </ul>
    </div>
  );
}

function isNamed(advisory: Advisory): boolean {
  return advisory.reach === undefined || advisory.reach === 'named';
}

function Warning({ advisory }: { advisory: Advisory }) {
  const why = advisory.title ?? advisory.reason_code;
  const word = isNamed(advisory) ? 'Recalled' : advisory.certain === false ? 'A recall may reach this' : 'A recall reaches this';
  return (
    <li>
      <strong>{word}</strong>
      {' by '}<Text>{advisory.advisory_id}</Text>
      {advisory.severity && <>, <Text>{advisory.severity}</Text></>}
      {why && <>: <Text>{why}</Text></>}
    </li>
  );
}
