import { readFileSync } from 'node:fs';
import type { Bytes } from '../src/proofs/bytes';
import { readTrustedRoots, type TrustedRoots } from '../src/proofs/trust';

const data = new URL('../../testdata/', `file://${process.cwd()}/tests/`);

/** Bytes of a file under `testdata`. */
export function read(path: string): Bytes {
  return new Uint8Array(readFileSync(new URL(path, data)));
}

export function json(path: string): any {
  return JSON.parse(new TextDecoder().decode(read(path)));
}

export function roots(path: string): TrustedRoots {
  return readTrustedRoots([json(path)]);
}

export function bytesOf(value: unknown): Bytes {
  return new TextEncoder().encode(JSON.stringify(value)) as Bytes;
}

/** The base64 with one bit of its last whole byte group turned. */
export function damaged(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bytes.length >> 1]! ^= 1;
  return bytes.toString('base64');
}
