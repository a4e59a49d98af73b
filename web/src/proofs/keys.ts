import { concat, Malformed, type Bytes } from './bytes';
import { bits, oid, Tag, value, values } from './der';

/** What this browser cannot compute; nobody's fault, so no failure. */
export class Unsupported extends Error {}

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512';

const Curves: Record<string, { name: string; bytes: number; hash: Hash }> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32, hash: 'SHA-256' },
  '1.3.132.0.34': { name: 'P-384', bytes: 48, hash: 'SHA-384' },
  '1.3.132.0.35': { name: 'P-521', bytes: 66, hash: 'SHA-512' },
};

const Ecdsa = '1.2.840.10045.2.1';
const Ed25519 = '1.3.101.112';

/** The hashes of ECDSA signatures in certificates. */
export const EcdsaHashes: Record<string, Hash> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};

/** A public key as SubjectPublicKeyInfo, which says itself what it is. */
export interface Key {
  algorithm: string;
  verify(data: Bytes, signature: Bytes, hash?: Hash): Promise<boolean>;
}

export async function importKey(spki: Bytes): Promise<Key> {
  const [algorithm, key] = values(value(spki, Tag.sequence).content);
  if (algorithm === undefined || key === undefined) {
    throw new Malformed('the public key lacks its algorithm');
  }
  const [type, parameters] = values(algorithm.content);
  switch (oid(type)) {
    case Ecdsa:
      return importEcdsa(spki, oid(parameters));
    case Ed25519:
      return importEd25519(bits(key));
    default:
      throw new Unsupported('keys of this kind (neither ECDSA nor Ed25519) are not checked here');
  }
}

async function importEcdsa(spki: Bytes, curveId: string): Promise<Key> {
  const curve = Curves[curveId];
  if (curve === undefined) {
    throw new Unsupported(`the curve ${curveId} is not checked here`);
  }
  const key = await imported('spki', spki, { name: 'ECDSA', namedCurve: curve.name });
  return {
    algorithm: `ECDSA ${curve.name}`,
    verify: async (data, signature, hash) => {
      const raw = rawSignature(signature, curve.bytes);
      return raw !== null && crypto.subtle.verify({ name: 'ECDSA', hash: hash ?? curve.hash }, key, raw, data);
    },
  };
}

export async function importEd25519(raw: Bytes): Promise<Key> {
  const key = await imported('raw', raw, { name: 'Ed25519' });
  return { algorithm: 'Ed25519', verify: (data, signature) => crypto.subtle.verify({ name: 'Ed25519' }, key, signature, data) };
}

async function imported(format: 'spki' | 'raw', bytes: Bytes, algorithm: AlgorithmIdentifier | EcKeyImportParams): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey(format, bytes, algorithm, false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') {
      throw new Unsupported(`this browser cannot verify ${typeof algorithm === 'string' ? algorithm : algorithm.name}`);
    }
    throw new Malformed('the public key is none');
  }
}

/** From the DER of X.509 and Sigstore, two integers, to WebCrypto's fixed length; null for what is no signature. */
export function rawSignature(der: Bytes, size: number): Bytes | null {
  try {
    const numbers = values(value(der, Tag.sequence).content);
    return numbers.length === 2 ? concat(...numbers.map((number) => fixed(number.tag === Tag.integer ? number.content : new Uint8Array(), size))) : null;
  } catch (error) {
    if (error instanceof Malformed) {
      return null;
    }
    throw error;
  }
}

function fixed(integer: Bytes, size: number): Bytes {
  const isNegative = (integer[0] ?? 0x80) >= 0x80;
  const isPadded = integer.length > 1 && integer[0] === 0;
  if (isNegative || (isPadded && integer[1]! < 0x80)) {
    throw new Malformed('the signature has an integer that is not DER');
  }
  const digits = isPadded ? integer.slice(1) : integer;
  if (digits.length > size) {
    throw new Malformed('the signature is too long');
  }
  return concat(new Uint8Array(size - digits.length), digits);
}
