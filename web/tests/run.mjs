// Compiles the tests with Vite and runs them with Node's own runner. With --report FILE the counts go there: passed, failed, skipped.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}.test`;
rmSync(out, { recursive: true, force: true });
const tests = readdirSync(`${root}tests`).filter((name) => name.endsWith('.test.ts'));
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    ssr: true,
    outDir: out,
    minify: false,
    sourcemap: 'inline',
    rollupOptions: { input: Object.fromEntries(tests.map((name) => [name.replace('.ts', ''), `${root}tests/${name}`])) },
  },
});

const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter', 'tap', ...tests.map((name) => `${out}/${name.replace('.ts', '.js')}`)], {
  encoding: 'utf8',
  cwd: root,
  maxBuffer: 1 << 28,
});
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
const report = process.argv.indexOf('--report');
if (report > 0) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(run.stdout)?.[1] ?? Number.NaN);
  writeFileSync(process.argv[report + 1], `${count('pass')} ${count('fail') + count('cancelled')} ${count('skipped') + count('todo')}\n`);
}
process.exitCode = run.status ?? 1;
