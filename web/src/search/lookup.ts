import { address, getJson } from '../data/api';
import { kind, predicate } from '../text/words';
import { ownLink } from '../text/links';
import type { Search, SearchItem } from '../data/contract';

export const LongestQuery = 1024;

export function find(q: string, signal: AbortSignal): Promise<Search> {
  return getJson<Search>(address('/v1/search', { q: normal(q), limit: 20 }), signal);
}

/** A digest may be pasted bare, in capitals, or with spaces around it. */
export function normal(q: string): string {
  const text = q.trim().slice(0, LongestQuery);
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text)?.[1];
  return hex ? `sha256:${hex.toLowerCase()}` : text;
}

/** Where an item leads; null where it has no page. */
export function pageOf(item: SearchItem): string | null {
  const page = ownLink(item.page);
  if (page !== null) {
    return page;
  }
  const digest = digestOf(item);
  return digest === null ? null : `/artifacts/${digest}`;
}

export function digestOf(item: SearchItem): string | null {
  for (const text of [item.digest, item.hash, item['artifact_digest']]) {
    const hex = typeof text === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/.exec(text)?.[1] : undefined;
    if (hex) {
      return `sha256:${hex}`;
    }
  }
  return null;
}

/** What an item is called: its name, else what it is about. */
export function nameOf(item: SearchItem): string {
  const about = (item['artifacts'] as { name?: unknown }[] | undefined)?.[0]?.name;
  for (const text of [item.name, about, item['title'], item['advisory_id'], digestOf(item), item['id']]) {
    if (typeof text === 'string' && text) {
      return text;
    }
  }
  return item.type;
}

/** What an item is, in words: `attestation (training)`, `described model`. */
export function kindOf(item: SearchItem): string {
  const { type, kind: of, predicate_type: states } = item as SearchItem & { kind?: unknown; predicate_type?: unknown };
  if (type === 'attestation') {
    return `attestation (${predicate(typeof states === 'string' ? states : null)})`;
  }
  return kind(type === 'described' && typeof of === 'string' ? of : type);
}

/** The same thing found several times stands once: an artifact has many attestations. */
export function distinct(items: SearchItem[]): { item: SearchItem; times: number }[] {
  const found = new Map<string, { item: SearchItem; times: number }>();
  items.forEach((item, index) => {
    const key = pageOf(item) === null ? String(index) : JSON.stringify([pageOf(item), kindOf(item), nameOf(item)]);
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { item, times: 1 });
    } else {
      known.times++;
    }
  });
  return [...found.values()];
}

export function signerOf(item: SearchItem): string | null {
  const signer = item['signer'] as { subject?: unknown; identity?: unknown } | null | undefined;
  const text = signer?.identity ?? signer?.subject;
  return typeof text === 'string' ? text : null;
}
