import { useEffect, useState } from 'preact/hooks';
import { getJson, Refused } from '../data/api';
import type { Artifact } from '../data/contract';
import { Digest } from '../frame/digest';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { bytes, plural } from '../text/format';
import type { Told } from './digest.worker';

type Found = { artifact: Artifact } | { unknown: true } | { failure: string };

/** Computes a file's digest beside the page, and asks the registry for it. */
export function FileLookup({ file }: { file: File }) {
  const [done, setDone] = useState(0);
  const [digest, setDigest] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);

  useEffect(() => {
    const worker = new Worker(new URL('./digest.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<Told>) => {
      const told = event.data;
      if ('done' in told) {
        setDone(told.done);
      } else if ('digest' in told) {
        setDigest(told.digest);
      } else {
        setFound({ failure: `The file could not be read: ${told.failure}` });
      }
    };
    worker.onerror = () => setFound({ failure: 'The digest could not be computed.' });
    worker.postMessage(file);
    return () => worker.terminate();
  }, [file]);

  useEffect(() => {
    if (digest === null) {
      return undefined;
    }
    const stop = new AbortController();
    getJson<Artifact>(`/v1/artifacts/${digest}`, stop.signal).then(
      (artifact) => setFound({ artifact }),
      (error: unknown) => {
        if (!stop.signal.aborted) {
          setFound(error instanceof Refused && error.status === 404 ? { unknown: true } : { failure: `The registry could not be asked: ${(error as Error).message}` });
        }
      },
    );
    return () => stop.abort();
  }, [digest]);

  return (
    <div class="lookup">
      <p><strong><Text>{file.name}</Text></strong> <span class="muted">{bytes(file.size)}</span></p>
      {digest === null ? (
        <progress max={Math.max(file.size, 1)} value={done} aria-label="Computing the digest">{done}</progress>
      ) : <p><Digest digest={digest} whole /></p>}
      <div role="status">
        {digest === null && found === null && <p class="muted">Computing its SHA-256 here: {bytes(done)} of {bytes(file.size)}</p>}
        {digest !== null && found === null && <p class="muted">Asking the registry</p>}
        {found !== null && <Outcome found={found} digest={digest} />}
      </div>
    </div>
  );
}

function Outcome({ found, digest }: { found: Found; digest: string | null }) {
  if ('failure' in found) {
    return <p class="bad"><Icon name="failed" />{found.failure}</p>;
  }
  if ('unknown' in found) {
    return <p>The registry knows nothing of this digest. A single changed byte makes another digest, so this file is none of those it knows.</p>;
  }
  const { artifact } = found;
  const active = artifact.advisories.filter((advisory) => advisory.status !== 'withdrawn');
  return (
    <>
      <p class="result-name">
        <a href={`/artifacts/${digest}`}>{artifact.name ? <Text>{artifact.name}</Text> : 'An artifact without a name'}</a>
        <TierMark tier={artifact.tier} />
      </p>
      {active.length > 0 && <p class="recalled"><Icon name="recall" />{plural(active.length, 'advisory reaches', 'advisories reach')} it</p>}
      <p class="muted">{plural(artifact.attestations.length, 'attestation')}, {plural(artifact.parent_count, 'parent')}, {plural(artifact.child_count, 'descendant')} made directly from it</p>
    </>
  );
}
