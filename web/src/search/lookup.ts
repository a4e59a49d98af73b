import { address, getJson } from '../data/api';
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
  for (const text of [item.name, item['title'], item['advisory_id'], digestOf(item), item['id']]) {
    if (typeof text === 'string' && text) {
      return text;
    }
  }
  return item.type;
}

export function signerOf(item: SearchItem): string | null {
  const signer = item['signer'] as { subject?: unknown; identity?: unknown } | null | undefined;
  const text = signer?.identity ?? signer?.subject;
  return typeof text === 'string' ? text : null;
}
