import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** The licences of what is shipped inside, as they came with it, in `assets/licences.txt`. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
      const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
      const texts = Object.entries(dependencies).map(([name, version]) => `${name} ${version}\n\n${read(`node_modules/${name}/LICENSE`).trim()}\n`);
      this.emitFile({ type: 'asset', fileName: 'assets/licences.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}
