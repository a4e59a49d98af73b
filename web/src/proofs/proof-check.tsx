import { useState } from 'preact/hooks';
import { getBytes, getJson, getText } from '../data/api';
import type { Attestation } from '../data/contract';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { identityOf, issuerOf } from '../panel/signers';
import { plural } from '../text/format';
import { checkBundle } from './check-bundle';
import { checkReceipt } from './check-receipt';
import { verdict, type Line, type Outcome } from './lines';
import { readTrustedRoots } from './trust';

interface Part {
  title: string;
  lines: Line[];
}

type State = 'idle' | 'busy' | { parts: Part[] } | { failure: string };

/** Fetches the bundle as it was sent, the trusted roots and the receipt, and does the arithmetic here. */
async function check(attestation: Attestation, digest: string, bundle: string): Promise<Part[]> {
  const receipt = `/v1/receipts/${encodeURIComponent(attestation.receipt_id)}/proof-bundle`;
  const [bytes, roots, document, key] = await Promise.all([getBytes(bundle), getJson('/v1/trusted-root'), getBytes(receipt), getText('/log/key')]);
  const claim = { digest, identity: identityOf(attestation.signer), issuer: issuerOf(attestation.signer) };
  return [
    { title: 'The signed bundle', lines: await checkBundle(bytes, claim, readTrustedRoots(roots)) },
    { title: "The registry's receipt", lines: await checkReceipt(document, key, bytes) },
  ];
}

export function ProofCheck({ attestation, digest, bundle }: { attestation: Attestation; digest: string; bundle: string }) {
  const [state, setState] = useState<State>('idle');
  const run = () => {
    if (globalThis.crypto?.subtle === undefined) {
      setState({ failure: 'The browser offers no cryptography on this address: open the page over https, or at localhost.' });
      return;
    }
    setState('busy');
    check(attestation, digest, bundle).then(
      (parts) => setState({ parts }),
      (error: unknown) => setState({ failure: `The evidence could not be fetched or read: ${(error as Error).message}` }),
    );
  };
  return (
    <div class="proof">
      <button type="button" class="button" onClick={run} disabled={state === 'busy'}>
        {state === 'busy' ? 'Checking' : typeof state === 'object' ? 'Check again' : 'Check the proofs here'}
      </button>
      <div role="status">
        {typeof state === 'object' && ('failure' in state ? <p class="bad"><Icon name="failed" />{state.failure}</p> : <Outcomes parts={state.parts} />)}
      </div>
    </div>
  );
}

function Outcomes({ parts }: { parts: Part[] }) {
  const all = parts.flatMap((part) => part.lines);
  const sum = verdict(all);
  const number = (outcome: Outcome) => all.filter((line) => line.outcome === outcome).length;
  return (
    <>
      <p class={`verdict verdict-${sum}`} data-outcome={sum}>
        <Icon name={Signs[sum]} />
        {sum === 'passed' && `${plural(number('passed'), 'check')} hold, computed in this browser; ${number('unchecked')} left out`}
        {sum === 'failed' && `${plural(number('failed'), 'check')} failed: do not rely on this`}
        {sum === 'unchecked' && 'Nothing could be checked here'}
      </p>
      {sum === 'failed' && <p class="bad small">{all.filter((line) => line.outcome === 'failed').map((line) => line.what).join('; ')}</p>}
      {parts.map((part) => (
        <div key={part.title}>
          <h4>{part.title}</h4>
          <ul class="checks">
            {part.lines.map((line, index) => (
              <li key={index} class={`check check-${line.outcome}`} data-outcome={line.outcome}>
                <Icon name={Signs[line.outcome]} />
                <span>
                  <span class="unseen">{Words[line.outcome]}: </span>
                  {line.what}
                  {line.outcome !== 'passed' && <span class="muted"> ({Words[line.outcome]})</span>}
                  {line.detail && <span class="check-detail"><Text>{line.detail}</Text></span>}
                  {line.evidence && line.evidence.length > 0 && (
                    <details class="check-detail">
                      <summary>The path</summary>
                      <ol class="hashes">{line.evidence.map((hash) => <li key={hash}><code>{hash}</code></li>)}</ol>
                    </details>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

const Signs = { passed: 'done', failed: 'failed', unchecked: 'unchecked' } as const;
const Words = { passed: 'holds', failed: 'fails', unchecked: 'not checked here' };
