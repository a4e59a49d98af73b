"""usage: spdx_rdf.py ONTOLOGY DOCUMENT…

Each SPDX 2.3 RDF document is read by rdflib; every term must be in the ontology, and stand with the class that the ontology gives as its domain.
"""

import sys
from rdflib import Graph, RDF, RDFS, OWL, URIRef

SPDX = "http://spdx.org/rdf/terms#"
ontology = Graph().parse(sys.argv[1], format="turtle")
terms = {s for s in ontology.subjects() if isinstance(s, URIRef) and s.startswith(SPDX)}


def classes(node):
    """The classes that a domain names, through unions."""
    union = ontology.value(node, OWL.unionOf)
    return [node] if union is None else list(ontology.items(union))


def ancestors(cls):
    found, todo = set(), [cls]
    while todo:
        cls = todo.pop()
        if cls not in found:
            found.add(cls)
            todo += [o for o in ontology.objects(cls, RDFS.subClassOf) if isinstance(o, URIRef)]
    return found


for path in sys.argv[2:]:
    graph = Graph().parse(path, format="xml")
    faults = []
    for s, p, o in graph:
        if p.startswith(SPDX) and p not in terms:
            faults.append(f"{p} is no term of the ontology")
        if isinstance(o, URIRef) and o.startswith(SPDX) and o not in terms:
            faults.append(f"{o} is no term of the ontology")
        domains = [c for d in ontology.objects(p, RDFS.domain) for c in classes(d)]
        own = {a for t in graph.objects(s, RDF.type) for a in ancestors(t)}
        if domains and not own & set(domains):
            faults.append(f"{p} stands with {sorted(own)}, and belongs to {sorted(domains)}")
    documents = list(graph.subjects(RDF.type, URIRef(SPDX + "SpdxDocument")))
    packages = set(graph.subjects(RDF.type, URIRef(SPDX + "Package")))
    if len(documents) != 1 or not packages:
        faults.append("one document with packages is expected")
    for link in graph.objects(None, URIRef(SPDX + "relatedSpdxElement")):
        if link not in packages and link not in (URIRef(SPDX + "none"), URIRef(SPDX + "noassertion")):
            faults.append(f"nothing is {link}")
    if faults:
        sys.exit(f"{path}: " + "\n".join(sorted(set(faults))[:20]))
    print(f"{path}: {len(graph)} triples")
