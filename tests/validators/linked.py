#!/usr/bin/env python3
"""usage: linked.py KIND VOCABULARY DOCUMENT...    Linked data against its vocabulary; KIND: schema, context, fair4ml or shacl"""

import json
import sys

kind, vocabulary, *documents = sys.argv[1:]
faults = 0


def fault(text):
    global faults
    print(text)
    faults += 1


def things(value):
    if isinstance(value, dict):
        yield value
        for name, member in value.items():
            # A context declares terms and uses none.
            if name != "@context":
                yield from things(member)
    elif isinstance(value, list):
        for item in value:
            yield from things(item)


def names(value):
    return [one["@id"] for one in (value if isinstance(value, list) else [value] if value else [])]


def schema(path):
    with open(vocabulary, encoding="utf-8") as file:
        graph = {node["@id"]: node for node in json.load(file)["@graph"]}
    with open(path, encoding="utf-8") as file:
        document = json.load(file)

    def types(name):
        yield name
        for parent in names(graph[name].get("rdfs:subClassOf")):
            if parent in graph:
                yield from types(parent)

    for thing in things(document):
        of = thing.get("@type")
        if of is None or ":" in of:
            continue
        known = set(types(f"schema:{of}"))
        for name in thing:
            if name.startswith("@") or ":" in name:
                continue
            term = graph.get(f"schema:{name}")
            if term is None:
                fault(f"{path}: no term {name}")
            elif not known & set(names(term.get("schema:domainIncludes"))):
                fault(f"{path}: {name} is not for {of}")


def context(path):
    with open(vocabulary, encoding="utf-8") as file:
        terms = json.load(file)["@context"]
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for thing in things(document):
        for name in thing:
            if not name.startswith("@") and name.split(":")[0] not in terms:
                fault(f"{path}: no term {name}")
        for of in [thing.get("@type") or thing.get("type")]:
            if of is not None and of not in terms:
                fault(f"{path}: no type {of}")


def fair4ml(path):
    with open(vocabulary, encoding="utf-8") as file:
        known = {node.get("@id") for node in things(json.load(file))}
    with open(path, encoding="utf-8") as file:
        for thing in things(json.load(file)):
            for name in [*thing, str(thing.get("@type", ""))]:
                if name.startswith("fair4ml:") and name not in known:
                    fault(f"{path}: no term {name}")


def shacl(path):
    import rdflib
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    shapes = rdflib.Graph().parse(vocabulary, format="turtle")
    data = rdflib.Graph().parse(path, format="turtle")
    for shape, target in shapes.subject_objects(sh.targetClass):
        for subject in data.subjects(rdflib.RDF.type, target):
            for rule in shapes.objects(shape, sh.property):
                path_ = shapes.value(rule, sh.path)
                values = list(data.objects(subject, path_))
                where = f"{path}: {subject} {path_}"
                for value in shapes.objects(rule, sh.minCount):
                    # What is only named, as a parent is, is described elsewhere.
                    if len(values) < int(value) and (subject, rdflib.URIRef("http://data.europa.eu/it6/version"), None) in data:
                        fault(f"{where}: at least {value}")
                    elif len(values) < int(value) and str(target) != "http://data.europa.eu/it6/MachineLearningModel":
                        fault(f"{where}: at least {value}")
                for value in shapes.objects(rule, sh.maxCount):
                    if len(values) > int(value):
                        fault(f"{where}: at most {value}")
                for value in shapes.objects(rule, sh.nodeKind):
                    for one in values:
                        if isinstance(one, rdflib.Literal) != str(value).endswith("#Literal"):
                            fault(f"{where}: {value} is expected")
                for value in shapes.objects(rule, sh["class"]):
                    for one in values:
                        if (one, rdflib.RDF.type, value) not in data:
                            fault(f"{where}: {one} is no {value}")


for document in documents:
    globals()[kind](document)
sys.exit(1 if faults else 0)
