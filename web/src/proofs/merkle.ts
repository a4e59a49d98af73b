import { concat, Malformed, sha256, type Bytes } from './bytes';

/** RFC 6962 §2.1: the hash of an entry. */
export function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0), entry));
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(1), left, right));
}

/** RFC 9162 §2.1.3.2: the root that the path leads to from the entry's place. A hash too many or too few is an error. */
export async function rootOf(leaf: Bytes, index: bigint, size: bigint, path: Bytes[]): Promise<Bytes> {
  if (index >= size) {
    throw new Malformed(`entry ${index} is not in a tree of ${size}`);
  }
  if (path.some((hash) => hash.length !== 32)) {
    throw new Malformed('the path has a hash that is not 32 bytes long');
  }
  let [at, last, root] = [index, size - 1n, leaf];
  for (const hash of path) {
    if (last === 0n) {
      throw new Malformed('the path has a hash too many');
    }
    if (at % 2n === 1n || at === last) {
      root = await nodeHash(hash, root);
      while (at % 2n === 0n && at !== 0n) {
        at /= 2n;
        last /= 2n;
      }
    } else {
      root = await nodeHash(root, hash);
    }
    at /= 2n;
    last /= 2n;
  }
  if (last !== 0n) {
    throw new Malformed('the path has a hash too few');
  }
  return root;
}
