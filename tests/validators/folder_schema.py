#!/usr/bin/env python3
"""usage: folder_schema.py SCHEMA FOLDER[,FOLDER…] DOCUMENT...    JSON Schemas that refer to each other by file name or by id; NDJSON is checked line by line"""

import json
import os
import sys
import warnings

import jsonschema

warnings.simplefilter("ignore", DeprecationWarning)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


main, folders, *documents = sys.argv[1:]
store = {}
by_name = {}
facets = {}
for folder in folders.split(","):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            found = load(os.path.join(folder, name))
            found_id = found.get("$id") or found.get("id")
            if found_id:
                store[found_id.rstrip("#")] = found
            # A reference by file name resolves beside the id of whoever refers.
            by_name[name] = found
            for facet in found.get("properties", {}) if "facets" in folder else []:
                facets.setdefault(facet, []).append(found)
schema = load(main)
store[(schema.get("$id") or schema.get("id")).rstrip("#")] = schema


def local(uri):
    if (name := uri.rsplit("/", 1)[-1]) in by_name:
        return by_name[name]
    raise LookupError(f"no schema of {uri} is at hand")



def validator(of):
    kind = jsonschema.validators.validator_for(of, default=jsonschema.Draft4Validator)
    base = of.get("$id") or of.get("id") 
    return kind(of, resolver=jsonschema.RefResolver(base, of, store=store, handlers={"https": local, "http": local}), format_checker=jsonschema.FormatChecker())


def facet_sets(value):
    if isinstance(value, dict):
        if isinstance(value.get("facets"), dict):
            yield value["facets"]
        for member in value.values():
            yield from facet_sets(member)
    elif isinstance(value, list):
        for item in value:
            yield from facet_sets(item)


faults = 0
for path in documents:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    values = [json.loads(line) for line in text.splitlines()] if path.endswith("ndjson") else [json.loads(text)]
    for value in values:
        errors = list(validator(schema).iter_errors(value))
        for facet_set in facet_sets(value) if facets else []:
            for name, facet in facet_set.items():
                fitting = [of for of in facets.get(name, []) if facet["_schemaURL"].startswith(of["$id"])]
                if not fitting:
                    print(f"{path}: no facet {name} of {facet['_schemaURL']}")
                    faults += 1
                for of in fitting:
                    errors += list(validator(of).iter_errors({name: facet}))
        for error in errors[:20]:
            print(f"{path}: {list(error.absolute_path)}: {error.message[:300]}")
            faults += 1
sys.exit(1 if faults else 0)
