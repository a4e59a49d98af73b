import type { Tier } from '../data/contract';

const Relations: Record<string, string> = {
  derived_from: 'derived from',
  fine_tuned_from: 'fine-tuned from',
  'fine-tune': 'fine-tuned from',
  distilled_from: 'distilled from',
  distil: 'distilled from',
  quantized_from: 'quantized from',
  quantize: 'quantized from',
  merged_from: 'merged from',
  merge: 'merged from',
  adapter: 'adapter of',
  prune: 'pruned from',
  convert: 'converted from',
  tokenizer: 'with tokenizer',
  rollback: 'rolled back to',
  input: 'made with',
  adapted_from: 'adapted from',
  preprocessed_from: 'preprocessed from',
  trained_on: 'trained on',
  packaged_from: 'packaged from',
  evaluated_with: 'evaluated with',
  deployed_as: 'deployed as',
  produced_by: 'produced by',
};

/** A relation in the words of people: `fine_tuned_from` as `fine-tuned from`. Unknown ones keep their words. */
export function relation(word: string): string {
  return Object.hasOwn(Relations, word) ? Relations[word]! : word.replaceAll('_', ' ');
}

const Kinds: Record<string, string> = {
  'base-model': 'base model',
  'training_run': 'training',
};

export function kind(word: string): string {
  return Object.hasOwn(Kinds, word) ? Kinds[word]! : word.replaceAll('_', ' ');
}

export const TierMeaning: Record<Tier, string> = {
  described: 'known by name only; nothing to verify yet',
  identified: 'known by its digest; nobody signed for it yet',
  attested: 'a verified signature speaks for this digest, and a public log has it',
};

/** What lifts a tier, where the server does not say it more exactly. */
export const TierLift: Record<Tier, string | null> = {
  described: 'Whoever has the bytes can name their SHA-256, which identifies it, and sign a statement about it (aixv attest), which attests it.',
  identified: 'A signed statement about this digest (aixv attest, aixv publish) would attest it.',
  attested: null,
};

const Predicates = /^https:\/\/aixv\.org\/attestation\/([a-z-]+)\/v\d+$/;

/** `training` for AIXV's own types; another type's address as it is. */
export function predicate(type: string | null): string {
  return type === null ? 'artifact signature' : (Predicates.exec(type)?.[1] ?? type);
}
