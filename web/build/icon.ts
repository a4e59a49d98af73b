import type { Plugin } from 'vite';

const Icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><style>path{fill:none;stroke:#0b6552;stroke-width:2;stroke-linecap:round}@media(prefers-color-scheme:dark){path{stroke:#62cfb2}}</style><path stroke-width="4.5" d="M4 4h0M4 10h0M4 16h0M16 10h0"/><path d="M4 4C10 4 10 10 16 10M4 10h12M4 16c6 0 6-6 12-6"/></svg>`;

/** The tab's icon, `assets/icon.svg`, so that no browser asks for one that is not there. */
export function icon(): Plugin {
  return {
    name: 'icon',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'assets/icon.svg', source: Icon });
    },
    configureServer(server) {
      server.middlewares.use('/assets/icon.svg', (_, response) => response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(Icon));
    },
  };
}
