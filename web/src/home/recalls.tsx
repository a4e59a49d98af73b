import type { Overview } from '../data/contract';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { ownLink } from '../text/links';
import { plural, shortDigest, time } from '../text/format';

export function Recalls({ recalls }: { recalls: Overview['recalls'] }) {
  return (
    <section aria-labelledby="recalls">
      <h2 id="recalls">Active recalls</h2>
      {recalls.length === 0 ? <p class="empty">None.</p> : (
        <ul class="recalls">
          {recalls.map((recall, index) => <Recall key={index} recall={recall} />)}
        </ul>
      )}
    </section>
  );
}

function Recall({ recall }: { recall: Overview['recalls'][number] }) {
  const more = recall.affected_count - recall.affected.length;
  return (
    <li>
      <p class="recall-title">
        <Icon name="recall" />
        <Text>{recall.title ?? recall.advisory_id}</Text>
      </p>
      <p class="muted small">
        {recall.title && <><Text>{recall.advisory_id}</Text> · </>}
        <Text>{recall.severity}</Text> · {recall.time ? time(recall.time).slice(0, 10) : 'no time'}
        {recall.signer && <> · <Text>{recall.signer.identity}</Text></>}
      </p>
      <ul class="inline">
        {recall.affected.map((artifact) => (
          <li key={artifact.digest}>
            <a href={ownLink(artifact.page) ?? `/artifacts/${artifact.digest}`}>{artifact.name ? <Text>{artifact.name}</Text> : <code>{shortDigest(artifact.digest)}</code>}</a>
          </li>
        ))}
        {more > 0 && <li class="muted">and {plural(more, 'other')}</li>}
      </ul>
    </li>
  );
}
