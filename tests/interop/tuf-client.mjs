// Reads a TUF repository with tuf-js. Standard input: one line of JSON { url, root: base64, folder, targets: [name] };
// standard output: one line { name: base64 } of the targets' content, or { error }.

import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const { Updater } = createRequire(import.meta.url)('tuf-js');

async function read({ url, root, folder, targets }) {
  const metadataDir = path.join(folder, 'metadata');
  const targetDir = path.join(folder, 'targets');
  fs.mkdirSync(metadataDir, { recursive: true });
  fs.mkdirSync(targetDir, { recursive: true });
  fs.writeFileSync(path.join(metadataDir, 'root.json'), Buffer.from(root, 'base64'));
  const updater = new Updater({ metadataDir, targetDir, metadataBaseUrl: url, targetBaseUrl: `${url}/targets` });
  await updater.refresh();
  const contents = {};
  for (const name of targets) {
    const target = await updater.getTargetInfo(name);
    contents[name] = target ? fs.readFileSync(await updater.downloadTarget(target)).toString('base64') : null;
  }
  return contents;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const answer = await read(JSON.parse(line)).catch((error) => ({ error: `${error.name}: ${error.message}` }));
  console.log(JSON.stringify(answer));
}
