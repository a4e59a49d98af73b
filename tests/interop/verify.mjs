// Verifies bundles with @sigstore/verify, both generations. Standard input: one JSON object
//   { trustedRoot, bundle, artifact: base64, identity?, identityExpression?, issuer?, key?: SPKI base64 }
// a line; standard output, for each, one line { "3": null or why it was refused, "4": the same }.

import crypto from 'node:crypto';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const generations = {
  3: [require('@sigstore/bundle'), require('@sigstore/verify')],
  4: [require('bundle5'), require('verify4')],
};

const escape = (text) => `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

function verify([bundles, { Verifier, toSignedEntity, toTrustMaterial }], { trustedRoot, bundle, artifact, identity, identityExpression, issuer, key }) {
  try {
    const parsed = bundles.bundleFromJSON(bundle);
    const publicKey = key && crypto.createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    const keys = key && (() => ({ publicKey, validFor: () => true }));
    const material = toTrustMaterial(TrustedRoot.fromJSON(trustedRoot), keys);
    const entity = toSignedEntity(parsed, parsed.content.$case === 'messageSignature' ? Buffer.from(artifact, 'base64') : undefined);
    const subjectAlternativeName = identityExpression ?? (identity && escape(identity));
    const policy = { ...(subjectAlternativeName && { subjectAlternativeName }), ...(issuer && { extensions: { issuer } }) };
    new Verifier(material).verify(entity, policy);
    return null;
  } catch (error) {
    return `${error.code ?? error.name}: ${error.message}`;
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const question = JSON.parse(line);
  const answers = Object.entries(generations).map(([name, generation]) => [name, verify(generation, question)]);
  console.log(JSON.stringify(Object.fromEntries(answers)));
});
