import { shortDigest } from '../text/format';
import { show } from '../text/show';
import { Copy } from './copy';

/** A digest, shortened where space is short, with a button that copies all of it. */
export function Digest({ digest, whole = false }: { digest: string; whole?: boolean }) {
  return (
    <span class="digest-line">
      <code class="digest" title={show(digest)}>{show(whole ? digest : shortDigest(digest))}</code>
      <Copy text={digest} what="digest" />
    </span>
  );
}
