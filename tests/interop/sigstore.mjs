// Verifies with the package `sigstore`, both generations, which gets its trusted root from a TUF repository. Standard input: JSON
//   { url, rootPath, folder, bundle, artifact: base64, identity, issuer }
// a line; standard output, for each, one line { "4": null or why it was refused, "5": the same }.

import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const generations = { 4: require('sigstore'), 5: require('sigstore5') };
const escape = (text) => `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;

async function verify(sigstore, generation, { url, rootPath, folder, bundle, artifact, identity, issuer }) {
  const options = {
    tufMirrorURL: url, tufRootPath: rootPath, tufCachePath: `${folder}-${generation}`, tufForceCache: false, ctLogThreshold: 1, tlogThreshold: 1,
    certificateIdentityURI: escape(identity), certificateIssuer: issuer,
  };
  try {
    await (bundle.dsseEnvelope ? sigstore.verify(bundle, options) : sigstore.verify(bundle, Buffer.from(artifact, 'base64'), options));
    return null;
  } catch (error) {
    return `${error.code ?? error.name}: ${error.message}: ${error.cause?.message ?? ''}`;
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const answers = {};
  for (const [generation, sigstore] of Object.entries(generations)) {
    answers[generation] = await verify(sigstore, generation, question);
  }
  console.log(JSON.stringify(answers));
}
