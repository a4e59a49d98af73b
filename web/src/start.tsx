import { render } from 'preact';
import { readBlock } from './data/block';
import { Guard } from './frame/guard';
import { Page } from './frame/page';
import { Top } from './frame/top';

/** Takes over the server's header and main part. */
export function start(root: Document): void {
  const block = readBlock(root);
  const app = root.getElementById('app');
  if (app === null || block === null) {
    return;
  }
  const top = root.getElementById('top') ?? root.body.insertBefore(Object.assign(root.createElement('header'), { id: 'top' }), root.body.firstChild);
  top.replaceChildren();
  render(<Top page={block.page} />, top);
  const written = [...app.childNodes];
  app.replaceChildren();
  render(<Guard fallback={() => app.replaceChildren(...written)}><Page block={block} /></Guard>, app);
  root.documentElement.dataset['ready'] = '';
}
