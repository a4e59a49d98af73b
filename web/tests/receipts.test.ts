import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { checkReceipt } from '../src/proofs/check-receipt';
import { verdict, type Line } from '../src/proofs/lines';
import { leafHash, rootOf } from '../src/proofs/merkle';
import type { Bytes } from '../src/proofs/bytes';
import { bytesOf, damaged, json, read } from './evidence';

const Golden = 'golden/documents/receipt.v1.json';

function failures(lines: Line[]): string {
  return lines.filter((line) => line.outcome === 'failed').map((line) => `${line.what}: ${line.detail}`).join('\n');
}

test('a receipt of the registry passes with its log key', async () => {
  const lines = await checkReceipt(read(Golden), json(Golden).log.key, null);
  assert.equal(failures(lines), '');
  assert.ok(lines.filter((line) => line.outcome === 'passed').length >= 4);
  assert.deepEqual(lines.filter((line) => line.outcome === 'unchecked').map((line) => line.what), ['The key', 'Witnesses']);
});

const Mutants: [string, (receipt: any) => void, RegExp][] = [
  ['type', (r) => { r.receipt_type = 'other'; }, /another type/],
  ['statement', (r) => { r.statement = damaged(r.statement); }, /another statement/],
  ['salt', (r) => { r.salt = damaged(r.salt); }, /another statement/],
  ['missing salt', (r) => { delete r.salt; }, /another statement/],
  ['leaf', (r) => { r.leaf += 'kind x\n'; }, /another root/],
  ['index', (r) => { r.proof.index = 0; }, /another root|hash too/],
  ['size', (r) => { r.proof.tree_size = 4; }, /another root|hash too/],
  ['hash', (r) => { r.proof.hashes[1] = damaged(r.proof.hashes[1]); }, /another root/],
  ['checkpoint root', (r) => { r.proof.checkpoint = r.proof.checkpoint.replace(/\n(\S{43}=)\n/, (_: string, root: string) => `\n${damaged(root)}\n`); }, /another root/],
  ['checkpoint signature', (r) => { r.proof.checkpoint = r.proof.checkpoint.replace(/track (\S+)\n— witness/, (_: string, line: string) => `track ${damaged(line)}\n— witness`); }, /does not verify/],
];

for (const [what, change, why] of Mutants) {
  test(`a changed ${what} fails`, async () => {
    const receipt = json(Golden);
    const { key } = receipt.log;
    change(receipt);
    const lines = await checkReceipt(bytesOf(receipt), key, null);
    assert.equal(verdict(lines), 'failed');
    assert.match(failures(lines), why);
  });
}

test("another log's key fails, whatever name it has; so does a key whose hash is wrong", async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.concat([Buffer.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
  const hash = createHash('sha256').update('log.example.org/track\n').update(raw).digest('hex').slice(0, 8);
  assert.match(failures(await checkReceipt(read(Golden), `log.example.org/track+${hash}+${raw.toString('base64')}`, null)), /did not sign/);
  assert.match(failures(await checkReceipt(read(Golden), `log.example.org/track+b2d3e2dc+${raw.toString('base64')}`, null)), /hash is of another key/);
  assert.match(failures(await checkReceipt(read(Golden), 'nonsense', null)), /no verifier key/);
});

test('a receipt is of the bundle whose digest it holds, and of no other', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bundle = new TextEncoder().encode('{"a":"bundle"}') as Bytes;
  const statement = Buffer.from(JSON.stringify({ kind: 'attestation.published', time: '2026-06-01T12:00:00Z', content: { bundle: `sha256:${createHash('sha256').update(bundle).digest('hex')}` } }));
  const leaf = `aixv-entry/v1\nsha256:${createHash('sha256').update(statement).digest('hex')}\n`;
  const root = Buffer.from(await leafHash(new TextEncoder().encode(leaf) as Bytes)).toString('base64');
  const raw = Buffer.concat([Buffer.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
  const id = createHash('sha256').update('log.example.org\n').update(raw).digest().subarray(0, 4);
  const text = `log.example.org\n1\n${root}\n`;
  const checkpoint = `${text}\n— log.example.org ${Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')}\n`;
  const key = `log.example.org+${id.toString('hex')}+${raw.toString('base64')}`;
  const receipt = bytesOf({ receipt_type: 'aixv.receipt/v1', statement: statement.toString('base64'), leaf, log: { key }, proof: { index: 0, tree_size: 1, hashes: [], checkpoint } });
  assert.equal(failures(await checkReceipt(receipt, key, bundle)), '');
  assert.match(failures(await checkReceipt(receipt, key, new TextEncoder().encode('{"a":"bundle" }') as Bytes)), /it is about another/);
});

test('every path of trees up to 9 entries leads to the root, and no other length does', async () => {
  const leaves = await Promise.all(Array.from({ length: 9 }, (_, index) => leafHash(Uint8Array.of(index))));
  const hash = (left: Bytes, right: Bytes) => new Uint8Array(createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest());
  const split = (size: number) => 2 ** Math.floor(Math.log2(size - 1));
  const root = (some: Bytes[]): Bytes => (some.length === 1 ? some[0]! : hash(root(some.slice(0, split(some.length))), root(some.slice(split(some.length)))));
  const path = (index: number, some: Bytes[]): Bytes[] => {
    if (some.length === 1) {
      return [];
    }
    const k = split(some.length);
    return index < k ? [...path(index, some.slice(0, k)), root(some.slice(k))] : [...path(index - k, some.slice(k)), root(some.slice(0, k))];
  };
  for (let size = 1; size <= 9; size++) {
    const some = leaves.slice(0, size);
    for (let index = 0; index < size; index++) {
      const way = path(index, some);
      assert.deepEqual(await rootOf(some[index]!, BigInt(index), BigInt(size), way), root(some));
      await assert.rejects(rootOf(some[index]!, BigInt(index), BigInt(size), [...way, leaves[0]!]), /hash too many/);
      if (way.length > 0) {
        await assert.rejects(rootOf(some[index]!, BigInt(index), BigInt(size), way.slice(0, -1)), /hash too few/);
      }
    }
  }
});
