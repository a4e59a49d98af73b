// One verification as a command line would do it: everything is read from files, and the exit code is the answer.
import { readFileSync } from 'node:fs';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { Verifier, toSignedEntity, toTrustMaterial } from '@sigstore/verify';

const [artifact, bundle, root, identity, issuer] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const verifier = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(json(root))));
verifier.verify(
  toSignedEntity(bundleFromJSON(json(bundle)), readFileSync(artifact)),
  { subjectAlternativeName: identity, extensions: { issuer } },
);
