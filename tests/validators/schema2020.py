#!/usr/bin/env python3
"""usage: schema2020.py SCHEMA DOCUMENT...    JSON Schema 2020-12 by python3-jsonschema, with the formats that it can check"""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
faults = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        for error in list(validator.iter_errors(json.load(file)))[:20]:
            print(f"{path}: {error.json_path}: {error.message[:300]}")
            faults += 1
sys.exit(1 if faults else 0)
