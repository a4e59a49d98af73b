import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const Chunk = 4 << 20; // bytes read at once

/** SHA-256 of a file of any size in constant memory, as `sha256:…`; tells how many bytes are done. */
export async function digestOf(file: Blob, progress: (done: number) => void): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += Chunk) {
    hash.update(new Uint8Array(await file.slice(at, at + Chunk).arrayBuffer()));
    progress(Math.min(at + Chunk, file.size));
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}
