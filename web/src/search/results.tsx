import type { Search, SearchItem } from '../data/contract';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { shortDigest } from '../text/format';
import { digestOf, distinct, kindOf, nameOf, pageOf, signerOf } from './lookup';

export function Results({ search }: { search: Search }) {
  if (search.items.length === 0) {
    return (
      <p class="empty">
        Nothing found. Names are found by the beginning of any of their words, digests and signers as a whole.
      </p>
    );
  }
  return (
    <ol class="results">
      {distinct(search.items).map(({ item, times }, index) => <Result key={index} item={item} times={times} />)}
    </ol>
  );
}

function Result({ item, times }: { item: SearchItem; times: number }) {
  const page = pageOf(item);
  const digest = digestOf(item);
  const signer = signerOf(item);
  return (
    <li>
      <p class="result-name">
        {page === null ? <Text>{nameOf(item)}</Text> : <a href={page}><Text>{nameOf(item)}</Text></a>}
        {item.tier && <TierMark tier={item.tier} />}
      </p>
      <p class="muted small">
        <Text>{kindOf(item)}</Text>{times > 1 && ` ×${times}`}
        {digest && <> · <code>{shortDigest(digest)}</code></>}
        {signer && <> · signed by <Text>{signer}</Text></>}
      </p>
    </li>
  );
}
