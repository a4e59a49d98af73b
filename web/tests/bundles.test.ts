import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBundle, type Claim } from '../src/proofs/check-bundle';
import { verdict, type Line } from '../src/proofs/lines';
import { bytesOf, damaged, json, read, roots } from './evidence';

const Anybody: Claim = { digest: null, identity: null, issuer: null };
const Full = 'exports/full/store/attestations/sha256_bc8328b31f7a0aaaa12ff95b7655db3a541d99c12c935f82f50d6f4953a91525';
const Training = `${Full}.training.v1.json.sigstore.json`;
const Digest = 'sha256:bc8328b31f7a0aaaa12ff95b7655db3a541d99c12c935f82f50d6f4953a91525';

function failures(lines: Line[]): string[] {
  return lines.filter((line) => line.outcome === 'failed').map((line) => `${line.what}: ${line.detail}`);
}

const Good: [string, string, number][] = [
  ['vectors/sigstore/happy-path-v0.1', 'vectors/sigstore/trusted_root.json', 8],
  ['vectors/sigstore/happy-path-v0.2', 'vectors/sigstore/trusted_root.json', 8],
  ['vectors/sigstore/happy-path-v0.3', 'vectors/sigstore/trusted_root.json', 8],
  ['vectors/sigstore/happy-path-intoto-in-dsse-v3', 'vectors/sigstore/trusted_root.json', 9],
  ['vectors/sigstore/rekor2-happy-path', 'vectors/sigstore/rekor2-happy-path/trusted_root.json', 6],
  ['vectors/sigstore/rekor2-dsse-happy-path', 'vectors/sigstore/rekor2-dsse-happy-path/trusted_root.json', 7],
  ['vectors/sigstore/intoto-with-custom-trust-root', 'vectors/sigstore/intoto-with-custom-trust-root/trusted_root.json', 8],
];

for (const [folder, trust, least] of Good) {
  test(`${folder} passes`, async () => {
    const lines = await checkBundle(read(`${folder}/bundle.sigstore.json`), Anybody, roots(trust));
    assert.deepEqual(failures(lines), []);
    assert.ok(lines.filter((line) => line.outcome === 'passed').length >= least, JSON.stringify(lines, null, 1));
  });
}

const Bad: [string, RegExp][] = [
  ['checkpoint-wrong-roothash_fail', /another tree|another root/],
  ['dsse-mismatch-sig_fail', /another signature|does not fit/],
  ['set-invalid-signature_fail', /SET.*does not verify/],
];

for (const [folder, why] of Bad) {
  test(`${folder} fails for its reason`, async () => {
    const lines = await checkBundle(read(`vectors/sigstore/${folder}/bundle.sigstore.json`), Anybody, roots('vectors/sigstore/trusted_root.json'));
    assert.equal(verdict(lines), 'failed');
    assert.match(failures(lines).join('\n'), why);
  });
}

test('a bundle of the own Authority passes, and what is left out is said', async () => {
  const lines = await checkBundle(read(Training), { ...Anybody, digest: Digest }, roots('exports/trusted_root.json'));
  assert.deepEqual(failures(lines), []);
  const unchecked = lines.filter((line) => line.outcome === 'unchecked').map((line) => line.what);
  assert.ok(unchecked.includes('Certificate transparency'));
  assert.ok(unchecked.includes('Timestamps'));
});

test('a bundle about another artifact, or by somebody else, fails', async () => {
  const trust = roots('exports/trusted_root.json');
  for (const [claim, why] of [
    [{ ...Anybody, digest: `sha256:${'0'.repeat(64)}` }, /no subject/],
    [{ ...Anybody, identity: 'mallory@example.org' }, /the certificate names/],
    [{ ...Anybody, issuer: 'https://elsewhere.example.org' }, /issuer is/],
  ] as [Claim, RegExp][]) {
    assert.match(failures(await checkBundle(read(Training), claim, trust)).join('\n'), why);
  }
});

/** Each turns one thing; the reason must be of that thing. */
const Mutants: [string, (bundle: any) => void, RegExp][] = [
  ['payload', (b) => { b.dsseEnvelope.payload = damaged(b.dsseEnvelope.payload); }, /signature does not fit/],
  ['payload type', (b) => { b.dsseEnvelope.payloadType += 'x'; }, /signature does not fit/],
  ['signature', (b) => { b.dsseEnvelope.signatures[0].sig = damaged(b.dsseEnvelope.signatures[0].sig); }, /signature does not fit/],
  ['second signature', (b) => { b.dsseEnvelope.signatures.push(b.dsseEnvelope.signatures[0]); }, /exactly one signature/],
  ['certificate', (b) => { b.verificationMaterial.certificate.rawBytes = damaged(b.verificationMaterial.certificate.rawBytes); }, /./],
  ['log body', (b) => { entry(b).canonicalizedBody = Buffer.from(`${Buffer.from(entry(b).canonicalizedBody, 'base64').toString()} `).toString('base64'); }, /leads to another root/],
  ['log index', (b) => { entry(b).inclusionProof.logIndex = String(Number(entry(b).inclusionProof.logIndex) ^ 1); }, /root|hash too/],
  ['tree size', (b) => { entry(b).inclusionProof.treeSize = String(Number(entry(b).inclusionProof.treeSize) + 1); }, /another tree|root|hash too/],
  ['index past the tree', (b) => { entry(b).inclusionProof.logIndex = '99999999'; }, /is not in a tree/],
  ['hash', (b) => { entry(b).inclusionProof.hashes[0] = damaged(entry(b).inclusionProof.hashes[0]); }, /leads to another root/],
  ['hash too many', (b) => { entry(b).inclusionProof.hashes.push(entry(b).inclusionProof.hashes[0]); }, /hash too many/],
  ['hash too few', (b) => { entry(b).inclusionProof.hashes.pop(); }, /hash too few/],
  ['short hash', (b) => { entry(b).inclusionProof.hashes[0] = 'AAAA'; }, /32 bytes/],
  ['root', (b) => { entry(b).inclusionProof.rootHash = damaged(entry(b).inclusionProof.rootHash); }, /another (root|tree)/],
  ['checkpoint text', (b) => { checkpoint(b).envelope = checkpoint(b).envelope.replace('localhost\n', 'otherhost\n'); }, /is of otherhost/],
  ['checkpoint signature', (b) => { checkpoint(b).envelope = checkpoint(b).envelope.replace(/ (\S+)\n$/, (_: string, c: string) => ` ${damaged(c)}\n`); }, /does not verify/],
  ['checkpoint without signature', (b) => { checkpoint(b).envelope = checkpoint(b).envelope.replace(/\n\n[\s\S]*/, '\n\n'); }, /did not sign/],
  ['log id', (b) => { entry(b).logId.keyId = damaged(entry(b).logId.keyId); }, /no trusted log/],
  ['no log entry', (b) => { b.verificationMaterial.tlogEntries = []; }, /no log entry/],
];

const entry = (bundle: any) => bundle.verificationMaterial.tlogEntries[0];
const checkpoint = (bundle: any) => entry(bundle).inclusionProof.checkpoint;

for (const [what, change, why] of Mutants) {
  test(`a changed ${what} fails`, async () => {
    const bundle = json(Training);
    change(bundle);
    const lines = await checkBundle(bytesOf(bundle), { ...Anybody, digest: Digest }, roots('exports/trusted_root.json'));
    assert.equal(verdict(lines), 'failed');
    assert.match(failures(lines).join('\n'), why);
  });
}

test('a certificate of nobody who is trusted fails', async () => {
  const lines = await checkBundle(read(Training), Anybody, roots('vectors/sigstore/trusted_root.json'));
  assert.match(failures(lines).join('\n'), /no trusted authority signed it/);
  assert.match(failures(lines).join('\n'), /no trusted log/);
});

test('hostile bytes are refused, never thrown at the caller', async () => {
  const trust = roots('exports/trusted_root.json');
  const whole = new TextDecoder().decode(read(Training));
  for (const text of ['', '[]', 'null', '{', '{"verificationMaterial":{}}', '{"mediaType":1,"verificationMaterial":{}}']) {
    assert.equal(verdict(await checkBundle(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>, Anybody, trust)), 'failed');
  }
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 300; round++) {
    const at = random(whole.length);
    const text = whole.slice(0, at) + String.fromCharCode(33 + random(90)) + whole.slice(at + random(3));
    await checkBundle(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>, Anybody, trust);
  }
});
