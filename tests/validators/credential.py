"""usage: credential.py CONTEXT CREDENTIAL…

Reads credentials as JSON-LD, with the W3C's own context: every one must be a VerifiableCredential about an artifact, by an issuer.
"""

import json, sys

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

VC = "https://www.w3.org/2018/credentials#"

with open(sys.argv[1], encoding="utf-8") as file:
    context = json.load(file)["@context"]
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        credential = json.load(file)
    assert credential["@context"][0] == "https://www.w3.org/ns/credentials/v2", path
    # rdflib knows no contexts that a type brings along, so this one's is given with the rest.
    credential["@context"][:1] = [context, context["VerifiableCredential"]["@context"]]
    graph = Graph().parse(data=json.dumps(credential), format="json-ld")
    [subject] = graph.subjects(RDF.type, URIRef(VC + "VerifiableCredential"))
    [about] = graph.objects(subject, URIRef(VC + "credentialSubject"))
    assert str(about) == "urn:sha256:" + credential["credentialSubject"]["sha256"], (path, about)
    assert list(graph.objects(subject, URIRef(VC + "issuer"))) == [URIRef(credential["issuer"])], path
    assert len(graph) > 10, path
