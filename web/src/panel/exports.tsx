import { useState } from 'preact/hooks';
import { getJson } from '../data/api';
import type { Artifact } from '../data/contract';
import { Text } from '../frame/text';
import { ownLink } from '../text/links';

interface Format {
  format: string;
  standard: string;
  version?: string | null;
  category: string;
  available: boolean;
  missing: string[];
  href: string;
}

type State = null | { formats: Format[] } | { failure: string };

/** Every export, by category; what cannot be written yet says what it lacks. Which can is asked for when the list is opened. */
export function Exports({ artifact }: { artifact: Artifact }) {
  const [state, setState] = useState<State>(null);
  const ids = Object.keys(artifact.exports);
  if (ids.length === 0) {
    return null;
  }
  const load = () => {
    if (state === null || 'failure' in state) {
      getJson<{ exports: Format[] }>(`/v1/artifacts/${encodeURIComponent(artifact.digest)}/exports`).then(
        ({ exports }) => setState({ formats: exports }),
        (error: unknown) => setState({ failure: (error as Error).message }),
      );
    }
  };
  return (
    <section>
      <details class="exports" onToggle={(event) => event.currentTarget.open && load()}>
        <summary><h3>Exports</h3> <span class="muted">{ids.length} formats</span></summary>
        {state === null && <ul class="format-list">{ids.map((id) => <li key={id}><a href={addressOf(artifact, id)} download>{id}</a></li>)}</ul>}
        {state !== null && 'failure' in state && <p class="bad">{state.failure}</p>}
        {state !== null && 'formats' in state && <Categories formats={state.formats} />}
      </details>
    </section>
  );
}

function addressOf(artifact: Artifact, id: string): string {
  return ownLink(artifact.exports[id]) ?? `/v1/artifacts/${encodeURIComponent(artifact.digest)}/exports/${encodeURIComponent(id)}`;
}

const Words: Record<string, string> = {
  attestation: 'Attestations', governance: 'Governance', finding: 'Findings', bom: 'Bills of materials', graph: 'Graphs', catalog: 'Catalogues', report: 'Reports', operation: 'Operations',
};

function Categories({ formats }: { formats: Format[] }) {
  const categories = [...new Set(formats.map((format) => format.category))];
  return (
    <>
      {categories.map((category) => (
        <div key={category}>
          <h4><Text>{Object.hasOwn(Words, category) ? Words[category]! : category}</Text></h4>
          <ul class="format-list">
            {formats.filter((format) => format.category === category).sort((a, b) => Number(b.available) - Number(a.available)).map((format) => (
              <li key={format.format} title={format.standard}>
                {format.available
                  ? <a href={ownLink(format.href) ?? '/'} download><Text>{format.format}</Text></a>
                  : <span class="muted"><Text>{format.format}</Text>: needs <Text>{format.missing.join('; ')}</Text></span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
