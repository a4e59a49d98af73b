import { defineConfig } from 'vite';
import { icon } from './build/icon';
import { licences } from './build/licences';
import { against } from './fixtures/against';
import { fixtures } from './fixtures/serve';

const server = process.env['AIXV_SERVER'];

// The server writes the HTML and takes the addresses of script and style from the manifest; nothing is inlined, because its
// Content-Security-Policy allows neither inline script nor data: addresses of fonts.
export default defineConfig({
  base: '/',
  plugins: [server ? against(server) : fixtures(), icon(), licences()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['src/main.ts', 'src/theme.ts'] },
  },
  worker: { format: 'es' },
});
