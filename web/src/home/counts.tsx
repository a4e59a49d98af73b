import type { Overview } from '../data/contract';
import { count } from '../text/format';

const Words: [string, string][] = [
  ['models', 'models'],
  ['datasets', 'datasets'],
  ['artifacts', 'artifacts'],
  ['attestations', 'attestations'],
  ['edges', 'links'],
  ['described', 'only described'],
  ['advisories', 'advisories'],
];

export function Counts({ counts }: { counts: Overview['counts'] }) {
  return (
    <dl class="counts">
      {Words.filter(([name]) => counts[name] !== undefined).map(([name, word]) => (
        <div key={name}>
          <dt>{word}</dt>
          <dd>{count(counts[name]!)}</dd>
        </div>
      ))}
    </dl>
  );
}
