import type { Bundle } from './bundle';
import { equal, fromBase64, fromUtf8, Malformed, sha256, toHex, type Bytes } from './bytes';
import { fromPem } from './certificate';
import { list, member, object, parse, text, type Json } from './json';
import { Unsupported } from './keys';

/** What a log entry is about: the hash of what was signed, the signature, and the certificate or key. */
interface About {
  hash: string;
  of: 'payload' | 'signed';
  signature: Bytes;
  verifier: Bytes;
}

/** Whether the entry in the log speaks of this bundle; what differs is named, null when nothing does. */
export async function difference(body: Bytes, bundle: Bundle): Promise<string | null> {
  const json = parse(fromUtf8(body, "the log entry's body"), "the log entry's body");
  const about = read(`${text(json, 'kind', 'the body')} ${text(json, 'apiVersion', 'the body')}`, member(json, 'spec', 'the body'));
  const { content, certificate } = bundle;
  const expected = content.form === 'artifact' ? content.digest : await sha256(about.of === 'payload' ? content.payload : content.encoding);
  if (about.hash !== toHex(expected)) {
    return 'the log entry is about other content';
  }
  if (!equal(about.signature, content.signature)) {
    return 'the log entry is about another signature';
  }
  return certificate !== null && !equal(about.verifier, certificate.raw) ? 'the log entry is about another certificate' : null;
}

function read(kind: string, spec: Json): About {
  switch (kind) {
    case 'hashedrekord 0.0.1': {
      const signature = member(spec, 'signature', 'the body');
      return {
        hash: hexHash(member(member(spec, 'data', 'the body'), 'hash', 'the body')),
        of: 'signed',
        signature: fromBase64(signature['content'], 'the signature in the log'),
        verifier: pem(member(signature, 'publicKey', 'the body')['content']),
      };
    }
    case 'dsse 0.0.1': {
      const signature = one(spec);
      return {
        hash: hexHash(member(spec, 'payloadHash', 'the body')),
        of: 'payload',
        signature: fromBase64(signature['signature'], 'the signature in the log'),
        verifier: pem(signature['verifier']),
      };
    }
    case 'intoto 0.0.2': {
      const content = member(spec, 'content', 'the body');
      const signature = one(member(content, 'envelope', 'the body'));
      return {
        hash: hexHash(member(content, 'payloadHash', 'the body')),
        of: 'payload',
        signature: fromBase64(fromUtf8(fromBase64(signature['sig'], 'the signature in the log'), 'the signature in the log'), 'the signature in the log'),
        verifier: pem(signature['publicKey']),
      };
    }
    case 'hashedrekord 0.0.2': {
      const record = member(spec, 'hashedRekordV002', 'the body');
      return { hash: rawHash(member(record, 'data', 'the body')), of: 'signed', ...second(member(record, 'signature', 'the body')) };
    }
    case 'dsse 0.0.2': {
      const record = member(spec, 'dsseV002', 'the body');
      return { hash: rawHash(member(record, 'payloadHash', 'the body')), of: 'payload', ...second(one(record)) };
    }
    default:
      throw new Unsupported(`log entries of kind ${kind} are not compared here`);
  }
}

function second(signature: Json): Pick<About, 'signature' | 'verifier'> {
  const verifier = member(signature, 'verifier', 'the body');
  return {
    signature: fromBase64(signature['content'], 'the signature in the log'),
    verifier: fromBase64(object(verifier['x509Certificate'] ?? verifier['publicKey'], 'the key in the log')['rawBytes'], 'the key in the log'),
  };
}

function one(json: Json): Json {
  const signatures = list(json, 'signatures');
  if (signatures.length !== 1) {
    throw new Malformed('the log entry has not exactly one signature');
  }
  return object(signatures[0], 'the signature in the log');
}

function hexHash(hash: Json): string {
  if (hash['algorithm'] !== 'sha256') {
    throw new Unsupported('the log entry has a digest that is not SHA-256');
  }
  return text(hash, 'value', 'the hash in the log');
}

function rawHash(hash: Json): string {
  if (hash['algorithm'] !== 'SHA2_256') {
    throw new Unsupported('the log entry has a digest that is not SHA-256');
  }
  return toHex(fromBase64(hash['digest'], 'the hash in the log'));
}

function pem(value: unknown): Bytes {
  return fromPem(fromUtf8(fromBase64(value, 'the key in the log'), 'the key in the log'));
}
