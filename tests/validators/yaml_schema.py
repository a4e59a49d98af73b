#!/usr/bin/env python3
"""usage: yaml_schema.py json|crd SCHEMA DOCUMENT...    YAML against a JSON Schema, or against a CustomResourceDefinition, whose unknown fields are faults"""

import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Dates stay text, as JSON has them."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def closed(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for member in schema.values():
            closed(member)
    elif isinstance(schema, list):
        for item in schema:
            closed(item)
    return schema


kind, schema_path, *documents = sys.argv[1:]
with open(schema_path, encoding="utf-8") as file:
    if kind == "json":
        schema = json.load(file)
    else:
        definition = yaml.load(file, Loader)
faults = 0
for path in documents:
    with open(path, encoding="utf-8") as file:
        document = yaml.load(file, Loader)
    if kind == "crd":
        group, version = document["apiVersion"].split("/")
        assert group == definition["spec"]["group"] and document["kind"] == definition["spec"]["names"]["kind"]
        found = next(v for v in definition["spec"]["versions"] if v["name"] == version)
        schema = closed(found["schema"]["openAPIV3Schema"])
        schema["properties"].update({"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object", "required": ["name"]}})
        assert len(document["metadata"]["name"]) <= 253
    for error in list(jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(document))[:20]:
        print(f"{path}: {list(error.absolute_path)}: {error.message[:300]}")
        faults += 1
sys.exit(1 if faults else 0)
