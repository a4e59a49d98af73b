import { fromUtf8, Malformed, type Bytes } from './bytes';
import { bits, oid, Tag, value, values, type Der } from './der';

/** What is needed of an X.509 certificate: no judgement, only reading. */
export interface Certificate {
  raw: Bytes;
  /** The part that the issuer signed. */
  signed: Bytes;
  signatureAlgorithm: string;
  signature: Bytes;
  issuerName: Bytes;
  subjectName: Bytes;
  commonName: string | null;
  notBefore: Date;
  notAfter: Date;
  /** The public key as SubjectPublicKeyInfo. */
  spki: Bytes;
  /** E-mail addresses and URIs of the alternative name. */
  identities: string[];
  /** Who vouched for the identity: Fulcio's issuer extension. */
  issuer: string | null;
}

const Extension = { alternativeName: '2.5.29.17', issuerV1: '1.3.6.1.4.1.57264.1.1', issuer: '1.3.6.1.4.1.57264.1.8' };
const CommonName = '2.5.4.3';
const OtherName = '1.3.6.1.4.1.57264.1.7';

export function readCertificate(raw: Bytes): Certificate {
  const [signed, algorithm, signature] = values(value(raw, Tag.sequence).content);
  if (signed?.tag !== Tag.sequence || algorithm === undefined) {
    throw new Malformed('the certificate has no body');
  }
  const parts = values(signed.content);
  const at = parts[0]?.tag === 0xa0 ? 1 : 0; // the version is optional
  const [issuerName, validity, subjectName, spki] = [parts[at + 2], parts[at + 3], parts[at + 4], parts[at + 5]];
  if (issuerName === undefined || validity === undefined || subjectName === undefined || spki?.tag !== Tag.sequence) {
    throw new Malformed('the certificate lacks a name, its validity or its key');
  }
  const [notBefore, notAfter] = values(validity.content);
  const extensions = readExtensions(parts.slice(at + 6).find((part) => part.tag === 0xa3));
  const issuer = extensions.get(Extension.issuer);
  const issuerV1 = extensions.get(Extension.issuerV1);
  return {
    raw,
    signed: signed.whole,
    signatureAlgorithm: oid(values(algorithm.content)[0]),
    signature: bits(signature),
    issuerName: issuerName.whole,
    subjectName: subjectName.whole,
    commonName: readCommonName(subjectName),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    spki: spki.whole,
    identities: readIdentities(extensions.get(Extension.alternativeName)),
    issuer: issuer ? fromUtf8(value(issuer, Tag.utf8).content, 'the issuer') : issuerV1 ? fromUtf8(issuerV1, 'the issuer') : null,
  };
}

function readExtensions(part: Der | undefined): Map<string, Bytes> {
  const found = new Map<string, Bytes>();
  for (const extension of part === undefined ? [] : values(value(part.content, Tag.sequence).content)) {
    const members = values(extension.content);
    const content = members[members.length - 1];
    const id = oid(members[0]);
    if (content?.tag !== Tag.octetString || found.has(id)) {
      throw new Malformed('the certificate has an extension without value, or twice');
    }
    found.set(id, content.content);
  }
  return found;
}

function readIdentities(name: Bytes | undefined): string[] {
  if (name === undefined) {
    return [];
  }
  return values(value(name, Tag.sequence).content).flatMap((general) => {
    if (general.tag === 0x81 || general.tag === 0x86) {
      return [fromUtf8(general.content, 'an alternative name')];
    }
    if (general.tag === 0xa0) {
      const [type, content] = values(general.content);
      return oid(type) === OtherName && content ? [fromUtf8(value(content.content, Tag.utf8).content, 'an alternative name')] : [];
    }
    return [];
  });
}

function readCommonName(name: Der): string | null {
  for (const set of values(name.content)) {
    for (const attribute of values(set.content)) {
      const [type, text] = values(attribute.content);
      if (oid(type) === CommonName && text !== undefined) {
        return new TextDecoder().decode(text.content);
      }
    }
  }
  return null;
}

/** UTCTime or GeneralizedTime, as RFC 5280 writes them. */
function readTime(der: Der | undefined): Date {
  const text = der === undefined ? '' : String.fromCharCode(...der.content);
  const [, year, month, day, hour, minute, second] = (der?.tag === 0x17 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text) ?? [];
  if (year === undefined) {
    throw new Malformed('the certificate has a time that is none');
  }
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  return new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** From PEM to the bytes inside. */
export function fromPem(pem: string): Bytes {
  const body = /^\s*-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z ]+-----\s*$/.exec(pem)?.[1];
  if (body === undefined) {
    throw new Malformed('a key in the log entry is no PEM');
  }
  return Uint8Array.from(atob(body.replace(/\s/g, '')), (c) => c.charCodeAt(0));
}
