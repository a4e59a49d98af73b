// Verifies bundles in process: reads a count per line, answers with the processor seconds that so many took.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { Verifier, toSignedEntity, toTrustMaterial } from '@sigstore/verify';

const [folder, identity, issuer] = process.argv.slice(2);
const items = readFileSync(`${folder}/bundles.ndjson`, 'utf8').trim().split('\n').map((line) => {
  const { bundle, artifact } = JSON.parse(line);
  return { text: JSON.stringify(bundle), artifact: Buffer.from(artifact, 'base64') };
});
const root = TrustedRoot.fromJSON(JSON.parse(readFileSync(`${folder}/trusted_root.json`, 'utf8')));
const verifier = new Verifier(toTrustMaterial(root));
const policy = { subjectAlternativeName: identity, extensions: { issuer } };

let next = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  for (let i = 0; i < Number(line); i++) {
    const { text, artifact } = items[next++ % items.length];
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text)), artifact), policy);
  }
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
