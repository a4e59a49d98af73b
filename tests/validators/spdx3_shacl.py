"""usage: spdx3_shacl.py SHACL CONTEXT DOCUMENT…

Each SPDX 3.0.1 document becomes a graph by the official context (rdflib) and is held against the official shapes: for every node of a class, through its
superclasses, counts, datatypes, classes, enumerations, patterns and kinds of node of its properties, and that it has no property but theirs.
"""

import json, re, sys
from rdflib import Graph, BNode, Literal, RDF, RDFS, Namespace, URIRef, XSD

SH = Namespace("http://www.w3.org/ns/shacl#")
shapes = Graph().parse(sys.argv[1], format="turtle")
with open(sys.argv[2]) as file:
    context = json.load(file)["@context"]


def supers(cls):
    found, todo = [], [cls]
    while todo:
        cls = todo.pop()
        if cls not in found:
            found.append(cls)
            todo += list(shapes.objects(cls, RDFS.subClassOf))
    return found


def check(node, cls, data, path):
    allowed = {RDF.type}
    for parent in supers(cls):
        for prop in shapes.objects(parent, SH.property):
            name = shapes.value(prop, SH.path)
            if name is None:
                continue
            allowed.add(name)
            values = list(data.objects(node, name))
            least, most = shapes.value(prop, SH.minCount), shapes.value(prop, SH.maxCount)
            if least is not None and len(values) < int(least):
                yield f"{node} ({cls}): {name} stands {len(values)} times, at least {least} are expected"
            if most is not None and len(values) > int(most):
                yield f"{node} ({cls}): {name} stands {len(values)} times, at most {most} are expected"
            for value in values:
                yield from check_value(node, name, prop, value, data)
    for name in set(data.predicates(node)) - allowed:
        yield f"{node} ({cls}): {name} does not belong there"


def check_value(node, name, prop, value, data):
    datatype, pattern, kind = shapes.value(prop, SH.datatype), shapes.value(prop, SH.pattern), shapes.value(prop, SH.nodeKind)
    if datatype is not None and (not isinstance(value, Literal) or (value.datatype or XSD.string) != datatype):
        yield f"{node}: {name} = {value!r} is no {datatype}"
    if pattern is not None and not re.search(str(pattern), str(value)):
        yield f"{node}: {name} = {value} does not match {pattern}"
    if kind == SH.Literal and not isinstance(value, Literal) or kind == SH.IRI and not isinstance(value, URIRef) or kind == SH.BlankNodeOrIRI and isinstance(value, Literal):
        yield f"{node}: {name} = {value!r} is no {kind}"
    choices = shapes.value(prop, SH["in"])
    if choices is not None and value not in list(shapes.items(choices)):
        yield f"{node}: {name} = {value} is not one of the enumeration"
    wanted = shapes.value(prop, SH["class"])
    types = list(data.objects(value, RDF.type)) + list(shapes.objects(value, RDF.type))
    if wanted is not None and choices is None and not any(wanted in supers(t) for t in types):
        yield f"{node}: {name} = {value} is no {wanted}, but {types}"


for path in sys.argv[3:]:
    with open(path) as file:
        document = json.load(file)
    document["@context"] = context
    data = Graph().parse(data=json.dumps(document), format="json-ld")
    faults = [fault for node, cls in data.subject_objects(RDF.type) for fault in check(node, cls, data, path)]
    if len(data) < 20:
        faults.append("hardly any triples")
    if faults:
        sys.exit(f"{path}:\n" + "\n".join(sorted(set(faults))[:20]))
    print(f"{path}: {len(data)} triples")
