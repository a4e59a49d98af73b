import type { Block } from './contract';

/** What the server put into the page, so that the first view asks for nothing more; null where there is none. */
export function readBlock(root: Document): Block | null {
  const text = root.getElementById('aixv-data')?.textContent;
  if (!text) {
    return null;
  }
  const block = JSON.parse(text) as Block;
  return block.version === 1 ? block : null;
}
