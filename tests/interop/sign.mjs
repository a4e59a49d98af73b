// Signs with @sigstore/sign, version 4, against services over HTTP. Standard input: one line of JSON
//   { url, token, artifact: base64, statement?: text }
// Standard output: one line, the bundle, or { error }. With a statement the bundle attests (DSSE), else it signs the artifact.

import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { bundleToJSON } = require('@sigstore/bundle');
const { DSSEBundleBuilder, FulcioSigner, MessageSignatureBundleBuilder, RekorWitness, TSAWitness } = require('@sigstore/sign');

async function sign({ url, token, artifact, statement }) {
  const options = {
    signer: new FulcioSigner({ fulcioBaseURL: url, identityProvider: { getToken: async () => token } }),
    witnesses: [
      new RekorWitness({ rekorBaseURL: url, majorApiVersion: 2, timeout: 20_000 }),
      new TSAWitness({ tsaBaseURL: `${url}/api/v1/timestamp`, timeout: 20_000 }),
    ],
  };
  const bundle = statement
    ? await new DSSEBundleBuilder(options).create({ data: Buffer.from(statement), type: 'application/vnd.in-toto+json' })
    : await new MessageSignatureBundleBuilder(options).create({ data: Buffer.from(artifact, 'base64') });
  return bundleToJSON(bundle);
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const answer = await sign(JSON.parse(line)).catch((error) => ({ error: `${error.code}: ${error.message}: ${error.cause?.message}` }));
  console.log(JSON.stringify(answer));
}
