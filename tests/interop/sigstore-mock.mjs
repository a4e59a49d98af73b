// Signs with @sigstore/sign against the services of @sigstore/mock, served over HTTP on a free port of this machine, and prints
// one line of JSON: { artifact: base64, identity, issuer, trustedRoot, bundles: { name: bundle } }.

import crypto from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const mock = require('@sigstore/mock');
const { bundleToJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { DSSEBundleBuilder, FulcioSigner, MessageSignatureBundleBuilder, RekorWitness, TSAWitness } = require('@sigstore/sign');

const identity = 'https://models.example/release';
const issuer = 'https://issuer.example';
const artifact = crypto.randomBytes(1000);
const sha256 = (data) => crypto.createHash('sha256').update(data).digest('hex');
const statement = JSON.stringify({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'other', digest: { sha256: sha256('other') } }, { name: 'model', digest: { sha256: sha256(artifact) } }],
  predicateType: 'https://aixv.org/attestation/training/v1',
  predicate: {},
});

// A whole second, for @sigstore/mock writes fractions that not all verifiers read; in the future, for its roots begin now.
const clock = new Date(Math.ceil(Date.now() / 1000 + 1) * 1000);
const newKey = () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ctlog = await mock.initializeCTLog(newKey(), clock);
const ca = await mock.initializeCA(newKey(), ctlog, clock);
const tlog = await mock.initializeTLog('http://rekor.mock', newKey(), clock);
const tsa = await mock.initializeTSA(newKey(), clock);

// @sigstore/mock logs a proposed entry as it was sent. For hashedrekord and intoto that is what Rekor stores; for dsse Rekor
// stores hashes of the envelope in place of the envelope.
const log = tlog.log.bind(tlog);
tlog.log = (entry) => log(entry.kind === 'dsse' ? stored(entry) : entry);

function stored({ apiVersion, kind, spec: { proposedContent } }) {
  const envelope = JSON.parse(proposedContent.envelope);
  const hash = (value) => ({ algorithm: 'sha256', value });
  const signatures = envelope.signatures.map(({ sig }, i) => ({ signature: sig, verifier: proposedContent.verifiers[i] }));
  const payloadHash = hash(sha256(Buffer.from(envelope.payload, 'base64')));
  return { apiVersion, kind, spec: { envelopeHash: hash(sha256(proposedContent.envelope)), payloadHash, signatures } };
}

const handlers = [mock.fulcioHandler(ca), mock.rekorHandler(tlog), mock.tsaHandler(tsa)];
const server = http.createServer(async (request, response) => {
  const body = Buffer.concat(await collect(request));
  const handler = handlers.find(({ path }) => request.url === path);
  const answer = handler ? await handler.fn(body.toString()) : { statusCode: 404 };
  response.writeHead(answer.statusCode, answer.contentType && { 'content-type': answer.contentType }).end(answer.response);
});

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const url = `http://127.0.0.1:${server.address().port}`;
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${part({ alg: 'none' })}.${part({ iss: issuer, sub: identity, aud: 'sigstore' })}.`;

async function sign({ dsse, entryType, chain, timestamp }) {
  const options = {
    signer: new FulcioSigner({ fulcioBaseURL: url, identityProvider: { getToken: async () => token } }),
    witnesses: [new RekorWitness({ rekorBaseURL: url, entryType }), ...(timestamp ? [new TSAWitness({ tsaBaseURL: url })] : [])],
    certificateChain: chain,
  };
  const bundle = dsse
    ? await new DSSEBundleBuilder(options).create({ data: Buffer.from(statement), type: 'application/vnd.in-toto+json' })
    : await new MessageSignatureBundleBuilder(options).create({ data: artifact });
  return bundleToJSON(bundle);
}

// The same signature as a bundle of another version; the builders write what their newest verifiers read.
const mediaTypes = {
  '0.1': 'application/vnd.dev.sigstore.bundle+json;version=0.1',
  '0.2': 'application/vnd.dev.sigstore.bundle+json;version=0.2',
  '0.3': 'application/vnd.dev.sigstore.bundle.v0.3+json',
  '0.3 (old name)': 'application/vnd.dev.sigstore.bundle+json;version=0.3',
};

function as(version, bundle) {
  const material = structuredClone(bundle.verificationMaterial);
  const certificate = material.certificate ?? material.x509CertificateChain.certificates[0];
  delete material.certificate;
  delete material.x509CertificateChain;
  if (version === '0.1') {
    material.tlogEntries.forEach((entry) => delete entry.inclusionProof);
  }
  const key = version.startsWith('0.3') ? { certificate } : { x509CertificateChain: { certificates: [certificate] } };
  return { ...bundle, mediaType: mediaTypes[version], verificationMaterial: { ...material, ...key } };
}

const start = new Date(Date.now() - 60_000);
const authority = (name, certificates) => ({
  subject: { commonName: name, organization: 'sigstore.mock' }, uri: url, operator: 'sigstore.mock',
  certChain: { certificates: certificates.map((rawBytes) => ({ rawBytes })) }, validFor: { start },
});
const trustedLog = (baseUrl, publicKey) => ({
  baseUrl, operator: 'sigstore.mock', hashAlgorithm: 1, logId: { keyId: crypto.createHash('sha256').update(publicKey).digest() },
  publicKey: { rawBytes: publicKey, keyDetails: 5, validFor: { start } }, checkpointKeyId: undefined,
});
const trustedRoot = TrustedRoot.toJSON({
  mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  tlogs: [trustedLog('http://rekor.mock', tlog.publicKey)],
  ctlogs: [trustedLog('http://ctlog.mock', ctlog.publicKey)],
  certificateAuthorities: [authority('sigstore', [ca.rootCertificate])],
  timestampAuthorities: [authority('tsa', [tsa.intCertificate, tsa.rootCertificate])],
});

const bundles = {};
for (const [entry, options] of Object.entries({
  hashedrekord: {},
  'hashedrekord and timestamp': { timestamp: true },
  dsse: { dsse: true, entryType: 'dsse' },
  'dsse and timestamp': { dsse: true, entryType: 'dsse', timestamp: true, chain: true },
  intoto: { dsse: true, entryType: 'intoto' },
})) {
  const signed = await sign(options);
  for (const version of Object.keys(mediaTypes)) {
    bundles[`${entry}, ${version}`] = as(version, signed);
  }
}
server.close();
console.log(JSON.stringify({ artifact: artifact.toString('base64'), identity, issuer, trustedRoot, bundles }));
