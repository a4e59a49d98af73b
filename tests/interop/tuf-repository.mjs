// Serves, over HTTP on a free port of this machine, two TUF repositories made by other hands:
//   /mock/    by @tufjs/repo-mock, as it stands
//   /models/  by @tufjs/models, in whatever state a line of JSON on standard input says (see `publish`)
// and prints one line of JSON when it is ready, and one after each line it was given.

import crypto from 'node:crypto';
import http from 'node:http';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { initializeTUFRepo, tufHandlers } = require('@tufjs/repo-mock');
const tuf = require('@tufjs/models');

const content = Buffer.from('a target from afar');
const sha256 = (data) => crypto.createHash('sha256').update(data).digest('hex');

const signers = {
  ed25519: () => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('hex');
    return { keyType: 'ed25519', scheme: 'ed25519', public: raw, sign: (data) => crypto.sign(null, data, privateKey) };
  },
  ecdsa: () => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      keyType: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', public: publicKey.export({ format: 'pem', type: 'spki' }),
      sign: (data) => crypto.sign('sha256', data, privateKey),
    };
  },
  rsa: () => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pss = { key: privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST };
    return {
      keyType: 'rsa', scheme: 'rsassa-pss-sha256', public: publicKey.export({ format: 'pem', type: 'spki' }),
      sign: (data) => crypto.sign('sha256', data, pss),
    };
  },
};

function newKey(kind) {
  const signer = signers[kind]();
  const keyID = sha256(signer.public);
  return {
    key: new tuf.Key({ keyID, keyType: signer.keyType, scheme: signer.scheme, keyVal: { public: signer.public } }),
    sign: (data) => new tuf.Signature({ keyID, sig: signer.sign(data).toString('hex') }),
  };
}

const keys = {
  root: [newKey('ed25519'), newKey('ecdsa'), newKey('rsa')],
  newRoot: [newKey('ecdsa'), newKey('ecdsa')],
  timestamp: [newKey('ed25519')],
  snapshot: [newKey('rsa')],
  targets: [newKey('ecdsa'), newKey('ed25519')],
  stranger: [newKey('ecdsa')],
};

const files = new Map();
let endless = [];

function sign(signed, by) {
  const metadata = new tuf.Metadata(signed);
  by.forEach((key) => metadata.sign((data) => key.sign(data), true));
  return Buffer.from(JSON.stringify(metadata.toJSON()));
}

function root(version, rootKeys, by, expires) {
  const signed = new tuf.Root({ version, specVersion: '1.0.31', expires, consistentSnapshot: true });
  rootKeys.forEach(({ key }) => signed.addKey(key, 'root'));
  for (const role of ['timestamp', 'snapshot', 'targets']) {
    keys[role].forEach(({ key }) => signed.addKey(key, role));
  }
  signed.roles.root.threshold = 2;
  signed.roles.targets.threshold = 2;
  files.set(`/models/${version}.root.json`, sign(signed, by));
}

// state: { versions: {timestamp, snapshot, targets}, expired: [role], strangers: [role], few: [role], stale: [role],
//          rotate: "both" | "old" | "new", endless: [path], tamper: true }
function publish(state) {
  const year = 365 * 24 * 3600 * 1000;
  const expires = (role) => new Date(Date.now() + (state.expired?.includes(role) ? -1000 : year)).toISOString();
  const by = (role) => (state.strangers?.includes(role) ? keys.stranger : state.few?.includes(role) ? keys[role].slice(1) : keys[role]);
  const { timestamp, snapshot, targets } = { timestamp: 1, snapshot: 1, targets: 1, ...state.versions };
  const put = (role, version, signed) => {
    const path = role === 'timestamp' ? '/models/timestamp.json' : `/models/${version}.${role}.json`;
    const bytes = sign(signed, by(role));
    files.set(path, state.stale?.includes(role) ? files.get(`/models/${version - 1}.${role}.json`) : bytes);
    return new tuf.MetaFile({ version, length: bytes.length, hashes: { sha256: sha256(bytes) } });
  };

  root(1, keys.root, by('root'), expires('root'));
  files.delete('/models/2.root.json');
  if (state.rotate) {
    const rootSigners = { both: [...keys.root, ...keys.newRoot], old: keys.root, new: keys.newRoot }[state.rotate];
    root(2, keys.newRoot, rootSigners, expires('root'));
  }

  const signedTargets = new tuf.Targets({ version: targets, specVersion: '1.0.31', expires: expires('targets') });
  signedTargets.addTarget(new tuf.TargetFile({ path: 'models/a.txt', length: content.length, hashes: { sha256: sha256(content) } }));
  signedTargets.addTarget(new tuf.TargetFile({ path: 'trusted_root.json', length: 2, hashes: { sha256: sha256('{}') } }));
  files.set(`/models/targets/${sha256('{}')}.trusted_root.json`, Buffer.from('{}'));
  const targetsFile = put('targets', targets, signedTargets);
  const snapshotFile = put('snapshot', snapshot, new tuf.Snapshot({
    version: snapshot, specVersion: '1.0.31', expires: expires('snapshot'), meta: { 'targets.json': targetsFile },
  }));
  put('timestamp', timestamp, new tuf.Timestamp({
    version: timestamp, specVersion: '1.0.31', expires: expires('timestamp'), snapshotMeta: snapshotFile,
  }));
  const served = Buffer.from(content);
  served[0] ^= state.tamper ? 1 : 0;
  files.set(`/models/targets/models/${sha256(content)}.a.txt`, served);
  endless = (state.endless ?? []).map((path) => `/models/${path}`);
}

const mock = initializeTUFRepo([{ name: 'a.txt', content }, { name: 'b/c.json', content: Buffer.from('{}') }]);
for (const { path, fn } of tufHandlers(mock, { metadataPathPrefix: '/mock', targetPathPrefix: '/mock/targets' })) {
  const { statusCode, response } = fn();
  if (statusCode === 200) {
    files.set(path, Buffer.from(response));
  }
}

function pour(response) {
  const chunk = Buffer.alloc(16384, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

const server = http.createServer((request, response) => {
  const path = decodeURIComponent(request.url);
  if (endless.includes(path)) {
    pour(response);
  } else {
    response.writeHead(files.has(path) ? 200 : 404).end(files.get(path) ?? '');
  }
});

publish({});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, modelsRoot: files.get('/models/1.root.json').toString('base64') }));
  readline.createInterface({ input: process.stdin })
    .on('line', (line) => {
      publish(JSON.parse(line));
      console.log('{}');
    })
    .on('close', () => process.exit(0));
});
