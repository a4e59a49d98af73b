// Verifies with the package `sigstore`, which gets its trusted root from a TUF repository. Standard input: one line of JSON
//   { url, rootPath, folder, bundle, artifact: base64, identity, issuer }
// Standard output: one line { refused: null or why }.

import readline from 'node:readline';
import { createRequire } from 'node:module';

const sigstore = createRequire(import.meta.url)('sigstore');

async function verify({ url, rootPath, folder, bundle, artifact, identity, issuer }) {
  const options = {
    tufMirrorURL: url, tufRootPath: rootPath, tufCachePath: folder, tufForceCache: false, ctLogThreshold: 1, tlogThreshold: 1,
    certificateIdentityURI: identity, certificateIssuer: issuer,
  };
  await (bundle.dsseEnvelope ? sigstore.verify(bundle, options) : sigstore.verify(bundle, Buffer.from(artifact, 'base64'), options));
  return { refused: null };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const answer = await verify(JSON.parse(line)).catch((error) => ({ refused: `${error.code ?? error.name}: ${error.message}: ${error.cause?.message ?? ''}` }));
  console.log(JSON.stringify(answer));
}
