// Builds the pages into dist/, once: where several builds come together, one builds and the others wait for it.
// Ends with 0 when dist/ is there and is of these sources, with 3 when the packages could not be installed, else with what failed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const lock = join(root, '..', 'artifacts', 'web', '.building');
const installed = join(root, 'node_modules', '.packages');
const inputs = ['build', 'public', 'src', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
const compressible = new Set(['.js', '.css', '.svg', '.txt', '.json']);
const worthIt = 512;
const abandoned = 10 * 60 * 1000;

function* files(path) {
  if (!existsSync(path)) {
    return;
  }
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      yield* files(join(path, name));
    }
  } else {
    yield path;
  }
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap((path) => [...files(join(root, path))])) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const said = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function npm(...args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: root, stdio: 'inherit', shell: windows, env: { ...process.env, NO_COLOR: '1' } });
  return error ? 1 : (status ?? 1);
}

function acquire() {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > abandoned) {
      rmSync(lock, { recursive: true, force: true });
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function compress() {
  for (const file of [...files(join(dist, 'assets'))].filter((file) => compressible.has(extname(file)))) {
    const bytes = readFileSync(file);
    if (bytes.length >= worthIt) {
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
}

function build() {
  const wanted = digest(inputs);
  if (said(stamp) === wanted) {
    utimesSync(stamp, new Date(), new Date());
    return 0;
  }
  const packages = digest(['package-lock.json']);
  if (said(installed) !== packages) {
    if (npm('ci', '--ignore-scripts', '--no-audit', '--no-fund') !== 0) {
      return 3;
    }
    writeFileSync(installed, packages);
  }
  const status = npm('run', 'build');
  if (status === 0) {
    compress();
    writeFileSync(stamp, wanted);
  }
  return status;
}

acquire();
let status = 1;
try {
  status = build();
} finally {
  rmSync(lock, { recursive: true, force: true });
}
process.exit(status);
