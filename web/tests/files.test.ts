import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { digestOf } from '../src/files/digest';
import { rawSignature } from '../src/proofs/keys';

test('the digest of a file is SHA-256, whatever its size, with progress to its end', async () => {
  for (const size of [0, 1, 63, 64, (4 << 20) - 1, 4 << 20, (9 << 20) + 17]) {
    const bytes = new Uint8Array(size).map((_, index) => index % 251);
    const told: number[] = [];
    const digest = await digestOf(new Blob([bytes]), (done) => told.push(done));
    assert.equal(digest, `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
    assert.equal(told[told.length - 1] ?? 0, size);
    assert.deepEqual([...told].sort((a, b) => a - b), told);
  }
});

test('signatures in DER become two numbers of fixed length, and only DER does', () => {
  const raw = rawSignature(Uint8Array.of(0x30, 7, 2, 1, 5, 2, 2, 0, 0x80), 4);
  assert.deepEqual(raw, Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 0x80));
  for (const bad of [
    [], [0x30, 0], [0x30, 3, 2, 1, 5], [0x30, 6, 2, 1, 5, 2, 1, 0x80], [0x30, 7, 2, 2, 0, 5, 2, 1, 5], [0x31, 6, 2, 1, 5, 2, 1, 5],
    [0x30, 6, 2, 1, 5, 2, 1, 5, 0], [0x30, 9, 2, 1, 5, 2, 1, 5, 2, 1, 5], [0x30, 0x81, 6, 2, 1, 5, 2, 1, 5], [0x30, 10, 2, 5, 1, 1, 1, 1, 1, 2, 1, 5],
  ]) {
    assert.equal(rawSignature(Uint8Array.from(bad), 4), null, String(bad));
  }
});
