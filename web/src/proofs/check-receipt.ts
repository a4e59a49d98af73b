import { concat, equal, fromBase64, fromUtf8, sha256, toHex, toUtf8, type Bytes } from './bytes';
import { list, member, parse, text, whole, type Json } from './json';
import { Lines, Mismatch, type Line } from './lines';
import { leafHash, rootOf } from './merkle';
import { isSigned, readCheckpoint, readVerifierKey } from './note';

/** Checks the registry's receipt (docs/receipts.md) of the entry that holds a bundle, with the log's key. */
export async function checkReceipt(document: Bytes, verifierKey: string, bundle: Bytes | null): Promise<Line[]> {
  const lines = new Lines();
  let receipt: Json = {};
  let statement: Bytes = new Uint8Array();
  if (!(await lines.check('The receipt can be read', () => {
    receipt = parse(fromUtf8(document, 'the receipt'), 'the receipt');
    statement = fromBase64(receipt['statement'], 'the statement');
    if (receipt['receipt_type'] !== 'aixv.receipt/v1') {
      throw new Mismatch('it is of another type');
    }
    return null;
  }))) {
    return lines.all;
  }
  if (bundle !== null) {
    await lines.check('It acknowledges this very bundle', async () => {
      const content = member(parse(fromUtf8(statement, 'the statement'), 'the statement'), 'content', 'the statement');
      const digest = `sha256:${toHex(await sha256(bundle))}`;
      if (content['bundle'] !== digest) {
        throw new Mismatch(`it is about another; the bundle has ${digest}`);
      }
      return digest;
    });
  }
  await lines.check('The leaf is of the statement', async () => {
    const leaf = text(receipt, 'leaf', 'the receipt').split('\n');
    const isSalted = receipt['salt'] !== undefined;
    const hash = toHex(await sha256(isSalted ? concat(fromBase64(receipt['salt'], 'the salt'), statement) : statement));
    if (leaf[0] !== 'aixv-entry/v1' || leaf[1] !== `${isSalted ? 'salted-sha256' : 'sha256'}:${hash}`) {
      throw new Mismatch('the leaf is of another statement');
    }
    return isSalted ? 'salted: the log tells nobody what it says' : null;
  });
  await checkTree(lines, receipt, verifierKey);
  lines.skip('The key', "it is the one that this server shows at /log/key; compare it with what you know of the registry's log");
  lines.skip('Witnesses', 'their cosignatures are not checked here; `aixv receipt verify` does');
  return lines.all;
}

async function checkTree(lines: Lines, receipt: Json, verifierKey: string): Promise<void> {
  let root: Bytes = new Uint8Array();
  let size = 0n;
  let path: Bytes[] = [];
  const isIncluded = await lines.check("The leaf is in the registry's log", async () => {
    const proof = member(receipt, 'proof', 'the receipt');
    size = whole(proof, 'tree_size', 'the proof');
    const index = whole(proof, 'index', 'the proof');
    path = list(proof, 'hashes').map((hash) => fromBase64(hash, 'a hash of the path'));
    root = await rootOf(await leafHash(toUtf8(text(receipt, 'leaf', 'the receipt'))), index, size, path);
    const note = readCheckpoint(text(proof, 'checkpoint', 'the proof'));
    if (note.size !== size || !equal(note.root, root)) {
      throw new Mismatch("the Merkle path leads to another root than the checkpoint's");
    }
    return `entry ${index} of ${size}, ${path.length} hashes, root ${toHex(root).slice(0, 16)}…`;
  }, () => path.map(toHex));
  if (!isIncluded) {
    return;
  }
  await lines.check("The registry's log signed that root", async () => {
    const { name, id, key } = await readVerifierKey(verifierKey);
    const note = readCheckpoint(text(member(receipt, 'proof', 'the receipt'), 'checkpoint', 'the proof'));
    if (note.origin !== name) {
      throw new Mismatch(`the checkpoint is of ${note.origin}`);
    }
    const signed = await isSigned(note, id, [name], key);
    if (signed !== true) {
      throw new Mismatch(signed === null ? 'the log did not sign the checkpoint' : "the log's signature does not verify");
    }
    return `${name}, Ed25519`;
  });
}
