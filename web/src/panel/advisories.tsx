import type { Advisory } from '../data/contract';
import { Text } from '../frame/text';
import { time } from '../text/format';
import { identityOf } from './signers';

export function Advisories({ advisories }: { advisories: Advisory[] }) {
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
          <Fact word="Signer" value={identityOf(advisory.signer)} />
          {advisory.signed_at && <Fact word="Signed" value={time(advisory.signed_at)} />}
          {(advisory.recommended_actions ?? []).length > 0 && <Fact word="Do" value={advisory.recommended_actions!.map(String).join(', ')} />}
        </dl>
      ))}
    </section>
  );
}

function Fact({ word, value }: { word: string; value: string | null | undefined }) {
  return value ? <><dt>{word}</dt><dd><Text>{value}</Text></dd></> : null;
}
