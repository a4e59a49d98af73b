import { fromBase64, Malformed, type Bytes } from './bytes';
import { readCertificate, type Certificate } from './certificate';
import { list, member, object, text, type Json } from './json';

export interface TrustedLog {
  /** As log entries name it. */
  id: Bytes;
  /** As its checkpoints do; of older logs the same. */
  checkpointId: Bytes;
  baseUrl: string;
  /** What its checkpoints may be named. */
  names: string[];
  spki: Bytes;
  validity: Validity;
}

export interface Validity {
  start: Date | null;
  end: Date | null;
}

export interface TrustedRoots {
  logs: TrustedLog[];
  /** Each from the issuing certificate up to its root. */
  authorities: { chain: Certificate[]; validity: Validity }[];
}

/** Sigstore trusted roots: the logs and certificate authorities that the registry itself verifies with. */
export function readTrustedRoots(json: unknown): TrustedRoots {
  const roots = (Array.isArray(json) ? json : [json]).map((one) => object(one, 'the trusted root'));
  return {
    logs: roots.flatMap((root) => list(root, 'tlogs').map(readLog)),
    authorities: roots.flatMap((root) => list(root, 'certificateAuthorities').map(readAuthority)),
  };
}

function readLog(value: unknown): TrustedLog {
  const log = object(value, 'a trusted log');
  const key = member(log, 'publicKey', 'a trusted log');
  const baseUrl = text(log, 'baseUrl', 'a trusted log');
  let names: string[];
  try {
    const { host, hostname, pathname } = new URL(baseUrl);
    const path = pathname.replace(/\/$/, '');
    names = [...new Set([`${host}${path}`, `${hostname}${path}`, host, hostname])];
  } catch {
    throw new Malformed('a trusted log has an address that is none');
  }
  return {
    id: keyId(log['logId']),
    checkpointId: keyId(log['checkpointKeyId'] ?? log['logId']),
    baseUrl,
    names,
    spki: fromBase64(key['rawBytes'], "a trusted log's key"),
    validity: readValidity(key['validFor']),
  };
}

function keyId(value: unknown): Bytes {
  return fromBase64(object(value, "a trusted log's id")['keyId'], "a trusted log's id");
}

function readAuthority(value: unknown): TrustedRoots['authorities'][number] {
  const authority = object(value, 'a certificate authority');
  const certificates = list(member(authority, 'certChain', 'a certificate authority'), 'certificates');
  return {
    chain: certificates.map((one) => readCertificate(fromBase64(object(one, 'a certificate')['rawBytes'], 'a certificate'))),
    validity: readValidity(authority['validFor']),
  };
}

function readValidity(value: unknown): Validity {
  const { start, end } = (value ?? {}) as Json;
  const date = (text: unknown) => (typeof text === 'string' ? new Date(text) : null);
  return { start: date(start), end: date(end) };
}

export function isValidAt({ start, end }: Validity, time: Date): boolean {
  return (start === null || start <= time) && (end === null || time <= end);
}
