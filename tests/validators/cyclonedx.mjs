// usage: node cyclonedx.mjs SCHEMA[,REFERENCED…] DOCUMENT…
// CycloneDX's own library, then the official schema with every URL checked as a reference by RFC 3987; all documents have one specVersion.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as CycloneDx from '@cyclonedx/cyclonedx-library';
import Ajv7 from 'ajv';
import addFormats from 'ajv-formats';
import addFormats2019 from 'ajv-formats-draft2019';

const [schemas, ...documents] = process.argv.slice(2);
const ajv = new (Ajv7.default ?? Ajv7)({ strict: false, allErrors: true });
(addFormats.default ?? addFormats)(ajv);
(addFormats2019.default ?? addFormats2019)(ajv, { formats: ['idn-email'] });
ajv.addFormat('iri-reference', /^(?:[a-z][a-z0-9+.-]*:)?(?:[^\s\u0000-\u0020"<>\\^`{|}%]|%[0-9a-f]{2})*$/i);
const paths = schemas.split(',');
const [main, ...others] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')));
others.forEach((other, i) => ajv.addSchema(other, new URL(basename(paths[i + 1]), main.$id).href));
const validate = ajv.compile(main);
const validators = {};
for (const path of documents) {
  const text = readFileSync(path, 'utf8');
  const document = JSON.parse(text);
  validators[document.specVersion] ??= new CycloneDx.Validation.JsonStrictValidator(document.specVersion);
  const library = await validators[document.specVersion].validate(text);
  const faults = [...(library ?? []), ...(validate(document) ? [] : validate.errors)];
  for (const fault of faults.slice(0, 20)) {
    console.log(`${path}: ${fault.instancePath || '/'} ${fault.message} ${JSON.stringify(fault.params).slice(0, 300)}`);
    process.exitCode = 1;
  }
}
