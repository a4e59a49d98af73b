// usage: node csaf.mjs DOCUMENT…    the strict schema and all mandatory tests of CSAF 2.0 (§6.1), by secvisogram's library
import { readFileSync } from 'node:fs';
import validateStrict from '@secvisogram/csaf-validator-lib/validateStrict.js';
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js';
import { csaf_2_0_strict } from '@secvisogram/csaf-validator-lib/schemaTests.js';

for (const path of process.argv.slice(2)) {
  const result = await validateStrict([csaf_2_0_strict, ...Object.values(mandatory)], JSON.parse(readFileSync(path, 'utf8')));
  if (!result.isValid) {
    for (const test of result.tests.filter((t) => !t.isValid)) {
      for (const error of test.errors) console.log(`${path}: ${test.name} ${error.instancePath} ${error.message}`);
    }
    process.exitCode = 1;
  }
}
