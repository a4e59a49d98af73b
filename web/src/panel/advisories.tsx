import type { Advisory, Graph } from '../data/contract';
import { Text } from '../frame/text';
import { nodeName } from '../graph/names';
import { time } from '../text/format';
import { identityOf } from './signers';

export function Advisories({ advisories, graph }: { advisories: Advisory[]; graph: Graph }) {
  if (advisories.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>Advisories</h3>
      {advisories.map((advisory, index) => (
        <dl class="facts card" key={index}>
          <dt>Advisory</dt>
          <dd><Text>{advisory.advisory_id}</Text>{advisory.title && <>: <Text>{advisory.title}</Text></>}</dd>
          <Fact word="Status" value={advisory.status} />
          <Fact word="Severity" value={advisory.severity} />
          <Fact word="Reason" value={advisory.reason_code} />
          <Fact word="Reaches it" value={advisory.reach === 'named' ? 'by its digest' : advisory.reach && `as ${advisory.reach}${advisory.certain === false ? ', by links that nobody signed' : ''}`} />
          <Fact word="Way" value={way(advisory, graph)} />
          <Fact word="Signer" value={identityOf(advisory.signer)} />
          {advisory.signed_at && <Fact word="Signed" value={time(advisory.signed_at)} />}
          {(advisory.recommended_actions ?? []).length > 0 && <Fact word="Do" value={advisory.recommended_actions!.map(String).join(', ')} />}
        </dl>
      ))}
    </section>
  );
}

/** The names from what the advisory names to this artifact. */
function way({ path }: Advisory, graph: Graph): string | null {
  if (!path || path.length === 0) {
    return null;
  }
  const ids = [path[0]!.from, ...path.map((step) => step.to)];
  return ids.map((id) => nodeName(graph.nodes.find((node) => node.id === id) ?? { id, name: null, digest: id.startsWith('sha256:') ? id : null })).join(' → ');
}

function Fact({ word, value }: { word: string; value: string | null | undefined }) {
  return value ? <><dt>{word}</dt><dd><Text>{value}</Text></dd></> : null;
}
