import type { Bundle, Envelope, LogEntry } from './bundle';
import { readBundle } from './bundle';
import { equal, fromUtf8, toBase64, toHex, toUtf8, type Bytes } from './bytes';
import type { Certificate } from './certificate';
import { difference } from './entry-body';
import { list, object, parse, type Json } from './json';
import { EcdsaHashes, importKey, Unsupported } from './keys';
import { Lines, Mismatch, type Line } from './lines';
import { leafHash, rootOf } from './merkle';
import { isSigned, readCheckpoint } from './note';
import { isValidAt, type TrustedLog, type TrustedRoots } from './trust';

export interface Claim {
  /** The artifact's digest, `sha256:…`. */
  digest: string | null;
  /** Who signed, in the registry's words. */
  identity: string | null;
  issuer: string | null;
}

/** Checks a Sigstore bundle as far as a browser can, and says of each step whether it holds, fails, or was left out. */
export async function checkBundle(bytes: Bytes, claim: Claim, roots: TrustedRoots): Promise<Line[]> {
  const lines = new Lines();
  let bundle: Bundle | undefined;
  if (!(await lines.check('The bundle can be read', () => {
    bundle = readBundle(bytes);
    return bundle.mediaType;
  }))) {
    return lines.all;
  }
  await checkSignature(lines, bundle!, claim);
  await checkCertificate(lines, bundle!, claim, roots);
  if (bundle!.entries.length === 0) {
    await lines.check('The signature is in a public log', () => {
      throw new Mismatch('the bundle has no log entry');
    });
  }
  for (const entry of bundle!.entries) {
    await checkEntry(lines, bundle!, entry, roots);
  }
  lines.skip('The trusted root', 'its keys and authorities are those that this server shows at /v1/trusted-root; compare them with what you trust');
  lines.skip('Certificate transparency', 'whether the certificate was logged (its SCT) is not checked here; `aixv verify` does');
  if (bundle!.timestamps > 0) {
    lines.skip('Timestamps', `the bundle has ${bundle!.timestamps} of a timestamp authority (RFC 3161), which are not checked here; \`aixv verify\` does`);
  }
  return lines.all;
}

async function checkSignature(lines: Lines, { content, certificate }: Bundle, claim: Claim): Promise<void> {
  if (content.form === 'artifact') {
    await lines.check('It signs this artifact', () => {
      if (claim.digest !== null && `sha256:${toHex(content.digest)}` !== claim.digest) {
        throw new Mismatch(`it is about sha256:${toHex(content.digest)}`);
      }
      return `sha256:${toHex(content.digest)}`;
    });
    lines.skip("The artifact's signature", 'it is over the file itself, which is not here; `aixv verify` checks it beside the file');
    return;
  }
  await lines.check("The statement's signature is by the certificate's key", async () => {
    if (certificate === null) {
      throw new Unsupported('the bundle names a key and has no certificate; the key is not known here');
    }
    const key = await importKey(certificate.spki);
    if (!(await key.verify(content.encoding, content.signature)) && !(key.algorithm === 'ECDSA P-384' && (await key.verify(content.encoding, content.signature, 'SHA-256')))) {
      throw new Mismatch(`the ${key.algorithm} signature does not fit the statement and the key`);
    }
    return `${key.algorithm}, over the DSSE encoding of ${content.payload.length} bytes`;
  });
  await lines.check('The statement is about this artifact', () => subjectOf(content, claim.digest));
}

function subjectOf({ payload }: Envelope, digest: string | null): string {
  const statement = parse(fromUtf8(payload, 'the statement'), 'the statement');
  const digests = list(statement, 'subject').map((subject) => ((object(subject, 'a subject')['digest'] ?? {}) as Json)['sha256']);
  if (digest !== null && !digests.includes(digest.replace('sha256:', ''))) {
    throw new Mismatch('no subject of the statement has its digest');
  }
  return typeof statement['predicateType'] === 'string' ? statement['predicateType'] : 'no predicate type';
}

async function checkCertificate(lines: Lines, { certificate }: Bundle, claim: Claim, roots: TrustedRoots): Promise<void> {
  if (certificate === null) {
    lines.skip('The signer', 'the bundle has no certificate');
    return;
  }
  await lines.check('The certificate names the signer that the registry shows', () => {
    if (claim.identity !== null && !certificate.identities.includes(claim.identity)) {
      throw new Mismatch(`the certificate names ${certificate.identities.join(', ') || 'nobody'}`);
    }
    if (claim.issuer !== null && certificate.issuer !== claim.issuer) {
      throw new Mismatch(`the certificate's issuer is ${certificate.issuer ?? 'not named'}`);
    }
    return `${certificate.identities.join(', ') || 'nobody'}, vouched for by ${certificate.issuer ?? 'nobody'}`;
  });
  await lines.check('The certificate is signed by an authority of the trusted root', async () => {
    for (const { chain, validity } of roots.authorities) {
      if (chain[0] && equal(chain[0].subjectName, certificate.issuerName) && (await isChain([certificate, ...chain]))) {
        if (!isValidAt(validity, certificate.notBefore)) {
          throw new Mismatch('the authority was not trusted when it issued the certificate');
        }
        return `${chain[0].commonName ?? 'unnamed authority'}; only the signatures of the chain are checked here, no constraints and no policies`;
      }
    }
    throw new Mismatch('no trusted authority signed it');
  });
}

/** Whether each is signed by the next; the last one is trusted as it is. */
async function isChain(chain: Certificate[]): Promise<boolean> {
  for (const [index, issuer] of chain.slice(1).entries()) {
    const issued = chain[index]!;
    if (equal(issued.raw, issuer.raw)) {
      continue;
    }
    const hash = EcdsaHashes[issued.signatureAlgorithm];
    const key = await importKey(issuer.spki);
    if (!equal(issued.issuerName, issuer.subjectName) || !(await key.verify(issued.signed, issued.signature, hash))) {
      return false;
    }
  }
  return true;
}

async function checkEntry(lines: Lines, bundle: Bundle, entry: LogEntry, roots: TrustedRoots): Promise<void> {
  await lines.check('The log entry is about this content, signature and certificate', async () => {
    const differs = await difference(entry.body, bundle);
    if (differs !== null) {
      throw new Mismatch(differs);
    }
    return bundle.certificate === null ? 'the key is not compared' : null;
  });
  const log = roots.logs.find((one) => equal(one.id, entry.logId));
  await lines.check('The log is one of the trusted root', () => {
    if (log === undefined) {
      throw new Mismatch('no trusted log has the id that the entry names');
    }
    return log.baseUrl;
  });
  if (entry.proof === null) {
    lines.skip('The entry is in the log', 'the bundle has no inclusion proof');
  } else {
    await checkProof(lines, entry, log);
  }
  await checkTime(lines, bundle, entry, log);
}

async function checkProof(lines: Lines, { body, proof }: LogEntry, log: TrustedLog | undefined): Promise<void> {
  const { index, size, root, hashes, checkpoint } = proof!;
  await lines.check('The entry is in the log: its inclusion proof leads to the root', async () => {
    if (!equal(await rootOf(await leafHash(body), index, size, hashes), root)) {
      throw new Mismatch('the Merkle path leads to another root');
    }
    return `entry ${index} of ${size}, ${hashes.length} hashes, root ${toHex(root).slice(0, 16)}…`;
  }, () => hashes.map(toHex));
  if (checkpoint === null) {
    lines.skip("The log's checkpoint", 'the bundle has none');
    return;
  }
  await lines.check("The root is signed by the log's trusted key", async () => {
    const note = readCheckpoint(checkpoint);
    if (note.size !== size || !equal(note.root, root)) {
      throw new Mismatch("the checkpoint is of another tree than the proof's");
    }
    if (log === undefined) {
      throw new Mismatch('there is no trusted key to verify it with');
    }
    if (!log.names.some((name) => note.origin === name || note.origin.startsWith(`${name} - `))) {
      throw new Mismatch(`the checkpoint is of ${note.origin}`);
    }
    const signed = await isSigned(note, log.checkpointId, log.names, await importKey(log.spki));
    if (signed !== true) {
      throw new Mismatch(signed === null ? 'the log did not sign the checkpoint' : "the log's signature of the checkpoint does not verify");
    }
    return `${note.origin}, ${note.size} entries`;
  });
}

async function checkTime(lines: Lines, { certificate }: Bundle, entry: LogEntry, log: TrustedLog | undefined): Promise<void> {
  if (entry.promise === null || entry.integratedTime === 0n) {
    lines.skip('The time of signing', 'the log entry has no signed time; whether the certificate was valid then is not checked here');
    return;
  }
  const time = new Date(Number(entry.integratedTime) * 1000);
  const isTimed = await lines.check("The log's signature of the entry's time (SET)", async () => {
    if (log === undefined) {
      throw new Mismatch('there is no trusted key to verify it with');
    }
    const data = `{"body":"${toBase64(entry.body)}","integratedTime":${entry.integratedTime},"logID":"${toHex(entry.logId)}","logIndex":${entry.logIndex}}`;
    if (!(await (await importKey(log.spki)).verify(toUtf8(data), entry.promise!))) {
      throw new Mismatch('it does not verify');
    }
    if (!isValidAt(log.validity, time)) {
      throw new Mismatch("the log's key was not valid at that time");
    }
    return time.toISOString();
  });
  if (isTimed && certificate !== null) {
    await lines.check('The certificate was valid at that time', () => {
      if (time < certificate.notBefore || time > certificate.notAfter) {
        throw new Mismatch(`it was valid from ${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`);
      }
      return null;
    });
  }
}
