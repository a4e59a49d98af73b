/** An address of another site that may stand in a link: https only, nothing else that a browser would run or open. */
export function safeLink(address: unknown): string | null {
  if (typeof address !== 'string') {
    return null;
  }
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}

/** An address on this server, as its answers give it; null for anything that leads elsewhere. */
export function ownLink(address: unknown): string | null {
  return typeof address === 'string' && /^\/(?![/\\])/.test(address) ? address : null;
}
