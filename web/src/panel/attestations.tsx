import type { Attestation } from '../data/contract';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { ProofCheck } from '../proofs/proof-check';
import { time } from '../text/format';
import { ownLink } from '../text/links';
import { showLines } from '../text/show';
import { predicate } from '../text/words';
import { claimsOf, identityOf, issuerOf } from './signers';

export function Attestations({ attestations, digest }: { attestations: Attestation[]; digest: string }) {
  // A statement tells more than a bare signature.
  const first = Math.max(0, attestations.findIndex((one) => one.predicate_type !== null));
  return (
    <section>
      <h3>Attestations</h3>
      {attestations.length === 0 ? <p class="empty">Nobody has signed a statement about this digest.</p> : attestations.map((one, index) => (
        <One key={one.id} attestation={one} digest={digest} isOpen={index === first} />
      ))}
    </section>
  );
}

function One({ attestation, digest, isOpen }: { attestation: Attestation; digest: string; isOpen: boolean }) {
  const claims = claimsOf(attestation);
  const bundle = ownLink(attestation.links.bundle) ?? `/v1/attestations/${encodeURIComponent(attestation.id)}/bundle`;
  const stated = attestation.predicate ?? attestation.statement?.predicate;
  const issuer = issuerOf(attestation.signer);
  const witness = attestation.times?.find((one) => one.time === attestation.signed_at)?.authority ?? null;
  return (
    <details class="card" open={isOpen}>
      <summary>
        <strong><Text>{predicate(attestation.predicate_type)}</Text></strong>
        {attestation.status && attestation.status !== 'active' && <span class="bad"> <Text>{attestation.status}</Text></span>}
        <span class="muted small"> by <Text>{identityOf(attestation.signer) ?? 'an unnamed key'}</Text></span>
      </summary>
      <dl class="facts">
        <dt>Signer</dt>
        <dd><Text>{identityOf(attestation.signer) ?? 'an unnamed key'}</Text></dd>
        {issuer && <><dt>Issuer</dt><dd><Text>{issuer}</Text></dd></>}
        {claims.map(([name, value]) => <><dt><Text>{name}</Text></dt><dd><Text>{value}</Text></dd></>)}
        {attestation.signed_at && <><dt>Signed</dt><dd>{time(attestation.signed_at)}{witness && <span class="muted"> by the clock of <Text>{witness}</Text></span>}</dd></>}
        {attestation.created_at && <><dt>Registered</dt><dd>{time(attestation.created_at)}</dd></>}
        {(attestation.log_entries ?? []).map((entry, index) => (
          <>
            <dt>Log entry</dt>
            <dd key={index}>
              {entry.index} of <Text>{entry.log}</Text> <span class="muted">(<Text>{entry.kind}</Text>)</span>
            </dd>
          </>
        ))}
        {typeof attestation.log_index === 'number' && <><dt>Registry entry</dt><dd>{attestation.log_index} of <Text>{attestation.log_id ?? 'its log'}</Text></dd></>}
        {attestation.predicate_type && <><dt>Predicate</dt><dd><Text>{attestation.predicate_type}</Text></dd></>}
      </dl>
      {stated !== undefined && stated !== null && (
        <details class="stated">
          <summary>What it states</summary>
          <pre><code><bdi>{showLines(JSON.stringify(stated, null, 2))}</bdi></code></pre>
        </details>
      )}
      {attestation.predicate_omitted && <p class="muted small">What it states is too long for this page; the bundle has it.</p>}
      <ProofCheck attestation={attestation} digest={digest} bundle={bundle} />
      <p class="downloads">
        <a href={bundle} download={`${attestation.id}.sigstore.json`}><Icon name="file" />Bundle</a>
        <a href={`/v1/receipts/${encodeURIComponent(attestation.receipt_id)}/proof-bundle`} download={`${attestation.receipt_id}.receipt.json`}><Icon name="file" />Receipt</a>
      </p>
    </details>
  );
}
