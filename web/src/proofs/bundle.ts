import { concat, fromBase64, fromUtf8, Malformed, toUtf8, type Bytes } from './bytes';
import { readCertificate, type Certificate } from './certificate';
import { list, member, object, parse, text, whole, type Json } from './json';

/** A Sigstore bundle, as far as it is checked here. */
export interface Bundle {
  mediaType: string;
  certificate: Certificate | null;
  content: Envelope | ArtifactSignature;
  entries: LogEntry[];
  timestamps: number;
}

export interface Envelope {
  form: 'statement';
  payload: Bytes;
  /** What is signed: DSSE's pre-authentication encoding. */
  encoding: Bytes;
  signature: Bytes;
}

export interface ArtifactSignature {
  form: 'artifact';
  algorithm: string;
  digest: Bytes;
  signature: Bytes;
}

export interface LogEntry {
  logId: Bytes;
  logIndex: bigint;
  /** Seconds since 1970; 0 where the log says none. */
  integratedTime: bigint;
  body: Bytes;
  promise: Bytes | null;
  proof: { index: bigint; size: bigint; root: Bytes; hashes: Bytes[]; checkpoint: string | null } | null;
}

export function readBundle(bytes: Bytes): Bundle {
  const bundle = parse(fromUtf8(bytes, 'the bundle'), 'the bundle');
  const material = member(bundle, 'verificationMaterial', 'the bundle');
  const timestamps = (material['timestampVerificationData'] ?? {}) as Json;
  return {
    mediaType: text(bundle, 'mediaType', 'the bundle'),
    certificate: readLeaf(material),
    content: bundle['dsseEnvelope'] === undefined ? readArtifactSignature(bundle) : readEnvelope(member(bundle, 'dsseEnvelope', 'the bundle')),
    entries: list(material, 'tlogEntries').map(readEntry),
    timestamps: list(timestamps, 'rfc3161Timestamps').length,
  };
}

function readLeaf(material: Json): Certificate | null {
  const chain = material['x509CertificateChain'];
  const leaf = material['certificate'] ?? (chain === undefined ? undefined : list(object(chain, 'the chain'), 'certificates')[0]);
  return leaf === undefined ? null : readCertificate(fromBase64(object(leaf, 'the certificate')['rawBytes'], 'the certificate'));
}

function readEnvelope(envelope: Json): Envelope {
  const signatures = list(envelope, 'signatures');
  if (signatures.length !== 1) {
    throw new Malformed('the envelope has not exactly one signature');
  }
  const payload = fromBase64(envelope['payload'], 'the payload');
  const type = toUtf8(text(envelope, 'payloadType', 'the envelope'));
  return {
    form: 'statement',
    payload,
    encoding: concat(toUtf8(`DSSEv1 ${type.length} `), type, toUtf8(` ${payload.length} `), payload),
    signature: fromBase64(object(signatures[0], 'the signature')['sig'], 'the signature'),
  };
}

function readArtifactSignature(bundle: Json): ArtifactSignature {
  const signature = member(bundle, 'messageSignature', 'the bundle');
  const digest = member(signature, 'messageDigest', 'the signature');
  return {
    form: 'artifact',
    algorithm: text(digest, 'algorithm', "the artifact's digest"),
    digest: fromBase64(digest['digest'], "the artifact's digest"),
    signature: fromBase64(signature['signature'], 'the signature'),
  };
}

function readEntry(value: unknown): LogEntry {
  const entry = object(value, 'a log entry');
  const promise = entry['inclusionPromise'];
  const proof = entry['inclusionProof'];
  return {
    logId: fromBase64(member(entry, 'logId', 'a log entry')['keyId'], "the log's id"),
    logIndex: whole(entry, 'logIndex', 'a log entry'),
    integratedTime: whole(entry, 'integratedTime', 'a log entry'),
    body: fromBase64(entry['canonicalizedBody'], "the log entry's body"),
    promise: promise === undefined ? null : fromBase64(object(promise, 'the promise')['signedEntryTimestamp'], 'the promise'),
    proof: proof === undefined ? null : readProof(object(proof, 'the inclusion proof')),
  };
}

function readProof(proof: Json): LogEntry['proof'] {
  const checkpoint = proof['checkpoint'];
  return {
    index: whole(proof, 'logIndex', 'the inclusion proof'),
    size: whole(proof, 'treeSize', 'the inclusion proof'),
    root: fromBase64(proof['rootHash'], 'the root'),
    hashes: list(proof, 'hashes').map((hash) => fromBase64(hash, 'a hash of the path')),
    checkpoint: checkpoint === undefined ? null : text(object(checkpoint, 'the checkpoint'), 'envelope', 'the checkpoint'),
  };
}
