import type { Attestation } from '../data/contract';

/** The identity of a signer, by whichever name an answer has it. */
export function identityOf(signer: Attestation['signer'] | null | undefined): string | null {
  const text = signer?.identity ?? signer?.subject;
  return typeof text === 'string' && text !== '' ? text : null;
}

export function issuerOf(signer: Attestation['signer'] | null | undefined): string | null {
  return typeof signer?.issuer === 'string' && signer.issuer !== '' ? signer.issuer : null;
}

/** What else the certificate says (workflow, repository, commit), wherever the answer keeps it. */
export function claimsOf(attestation: Attestation): [string, string][] {
  const { subject: _subject, identity: _identity, issuer: _issuer, claims: own, ...rest } = attestation.signer;
  const all = { ...rest, ...own, ...attestation.claims };
  const shown: unknown[] = [null, undefined, '', identityOf(attestation.signer), issuerOf(attestation.signer)];
  return Object.entries(all)
    .filter(([, value]) => !shown.includes(value))
    .map(([name, value]) => [name.replaceAll('_', ' '), typeof value === 'string' ? value : JSON.stringify(value)]);
}
