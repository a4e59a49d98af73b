import { concat, equal, fromBase64, Malformed, sha256, toUtf8, type Bytes } from './bytes';
import { importEd25519, type Key } from './keys';

/** A C2SP signed note that is a checkpoint of a log. */
export interface Checkpoint {
  /** The bytes that are signed. */
  text: Bytes;
  origin: string;
  size: bigint;
  root: Bytes;
  signatures: { name: string; id: Bytes; signature: Bytes }[];
}

export function readCheckpoint(note: string): Checkpoint {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split('\n');
  const lines = note.slice(split + 2).split('\n');
  if (split < 0 || !origin || !/^(0|[1-9]\d{0,18})$/.test(size ?? '') || root === undefined || lines.pop() !== '') {
    throw new Malformed('the checkpoint is no signed note of a log');
  }
  const signatures = lines.map((line) => {
    const [, name, content] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = content === undefined ? new Uint8Array() : fromBase64(content, 'a signature of the checkpoint');
    if (name === undefined || bytes.length < 5) {
      throw new Malformed('the checkpoint has a line that is no signature');
    }
    return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  return { text: toUtf8(text), origin, size: BigInt(size!), root: fromBase64(root, "the checkpoint's root"), signatures };
}

/** Whether a line with this key's id is the key's signature; null without such a line. */
export async function isSigned(checkpoint: Checkpoint, id: Bytes, names: string[], key: Key): Promise<boolean | null> {
  const lines = checkpoint.signatures.filter((line) => equal(line.id, id.slice(0, 4)) && names.includes(line.name));
  if (lines.length === 0) {
    return null;
  }
  const verdicts = await Promise.all(lines.map((line) => key.verify(checkpoint.text, line.signature)));
  return verdicts.every(Boolean);
}

/** A C2SP verifier key, `name+hash+base64`, of Ed25519. */
export async function readVerifierKey(text: string): Promise<{ name: string; id: Bytes; key: Key }> {
  const [, name, hash, content] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\s*$/.exec(text) ?? [];
  if (name === undefined || hash === undefined || content === undefined) {
    throw new Malformed("the log's key is no verifier key");
  }
  const bytes = fromBase64(content, "the log's key");
  const id = (await sha256(concat(toUtf8(`${name}\n`), bytes))).slice(0, 4);
  if (bytes[0] !== 1 || bytes.length !== 33 || !equal(id, Uint8Array.from(hash.match(/../g)!, (pair) => Number.parseInt(pair, 16)))) {
    throw new Malformed("the log's key is not of Ed25519, or its hash is of another key");
  }
  return { name, id, key: await importEd25519(bytes.slice(1)) };
}
