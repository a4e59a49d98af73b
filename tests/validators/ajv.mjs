// usage: node ajv.mjs DRAFT SCHEMA[,REFERENCED…] DOCUMENT…    DRAFT: 04, 07, 2019 or 2020
import { readFileSync } from 'node:fs';
import Ajv7 from 'ajv';
import Ajv4 from 'ajv-draft-04';
import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import addFormats2019 from 'ajv-formats-draft2019';

const [draft, schemas, ...documents] = process.argv.slice(2);
const kinds = { '04': Ajv4, '07': Ajv7, '2019': Ajv2019, '2020': Ajv2020 };
const Ajv = kinds[draft].default ?? kinds[draft];
const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats.default ?? addFormats)(ajv);
if (draft !== '04') (addFormats2019.default ?? addFormats2019)(ajv);
const [main, ...others] = schemas.split(',').map((path) => JSON.parse(readFileSync(path, 'utf8')));
for (const other of others) ajv.addSchema(other);
const validate = ajv.compile(main);
for (const path of documents) {
  if (!validate(JSON.parse(readFileSync(path, 'utf8')))) {
    for (const error of validate.errors.slice(0, 20)) {
      console.log(`${path}: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params).slice(0, 300)}`);
    }
    process.exitCode = 1;
  }
}
