import type { Artifact, RegistryRecord } from '../data/contract';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { time } from '../text/format';

const Lists: [keyof Artifact, string][] = [['models', 'model'], ['datasets', 'dataset'], ['training_runs', 'training run'], ['deployments', 'deployment']];

/** What tenants of the registry entered of this digest. */
export function Records({ artifact }: { artifact: Artifact }) {
  const all = Lists.flatMap(([name, word]) => ((artifact[name] ?? []) as RegistryRecord[]).map((record) => ({ word, record })));
  if (all.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>Registered as</h3>
      <ul class="plain-list">
        {all.map(({ word, record }) => (
          <li key={record.id} class="record">
            <Text>{record.name}</Text>{record.version && <> <Text>{record.version}</Text></>}
            <span class="muted small"> {word}{record.status && <>, <Text>{record.status}</Text></>}{record.created_at && `, ${time(record.created_at)}`}</span>
            {record.tier && <> <TierMark tier={record.tier} /></>}
          </li>
        ))}
      </ul>
    </section>
  );
}
