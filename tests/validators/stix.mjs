// usage: node stix.mjs SCHEMAS DOCUMENT…    OASIS' schema of the bundle and of each object; references resolve; ids of observables are recomputed
import { readFileSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [folder, ...documents] = process.argv.slice(2);
const ajv = new (Ajv2020.default ?? Ajv2020)({ strict: false, allErrors: true, unicodeRegExp: false, inlineRefs: false });
(addFormats.default ?? addFormats)(ajv);
const byType = {};
for (const group of ['common', 'observables', 'sdos', 'sros']) {
  for (const file of readdirSync(join(folder, group))) {
    const schema = JSON.parse(readFileSync(join(folder, group, file), 'utf8'));
    ajv.addSchema(schema);
    byType[file.replace('.json', '')] = schema.$id;
  }
}

const contributing = { file: ['extensions', 'hashes', 'name', 'parent_directory_ref'], software: ['cpe', 'name', 'swid', 'vendor', 'version'], 'x509-certificate': ['hashes', 'serial_number'] };
const scope = Buffer.from('00abedb4aa42466c9c01fed23315a9b7', 'hex');
function observableId(object) {
  const members = contributing[object.type].filter((name) => name in object).map((name) => `${JSON.stringify(name)}:${JSON.stringify(object[name])}`);
  const hash = createHash('sha1').update(scope).update(`{${members.join(',')}}`, 'utf8').digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  return `${object.type}--${hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

function fail(path, what) {
  console.log(`${path}: ${what}`);
  process.exitCode = 1;
}

function validate(path, id, value, label) {
  const check = ajv.getSchema(id);
  if (!check(value)) fail(path, `${label}: ${JSON.stringify(check.errors.slice(0, 5)).slice(0, 2000)}`);
}

for (const path of documents) {
  const bundle = JSON.parse(readFileSync(path, 'utf8'));
  validate(path, byType.bundle, bundle, 'bundle');
  const ids = new Set();
  for (const object of bundle.objects) {
    validate(path, byType[object.type], object, object.id);
    if (ids.has(object.id)) fail(path, `${object.id} is there twice`);
    ids.add(object.id);
    if (object.type in contributing && observableId(object) !== object.id) fail(path, `${object.id} should be ${observableId(object)}`);
  }
  for (const object of bundle.objects) {
    for (const [name, value] of Object.entries(object)) {
      for (const reference of name.endsWith('_ref') ? [value] : name.endsWith('_refs') ? value : []) {
        if (!ids.has(reference)) fail(path, `${object.id} ${name}: ${reference} is not in the bundle`);
      }
    }
  }
}
