# usage: python3 graphs.py KIND FILE…    Loads graph exports with other people's libraries and prints what they found.
import sys


def turtle(path):
    import rdflib
    graph = rdflib.Graph().parse(path, format="turtle")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    kinds = {kind: {s for s in graph.subjects(rdflib.RDF.type, prov[kind])} for kind in ("Entity", "Activity", "Agent")}
    for a in kinds:
        for b in kinds:
            if a < b and {a, b} != {"Entity", "Agent"}:
                assert not kinds[a] & kinds[b], f"{a} and {b} are disjoint"
    ends = {"wasDerivedFrom": ("Entity", "Entity"), "hadPrimarySource": ("Entity", "Entity"), "used": ("Activity", "Entity"),
            "wasGeneratedBy": ("Entity", "Activity"), "wasAttributedTo": ("Entity", "Agent"), "wasAssociatedWith": ("Activity", "Agent")}
    for name, (domain, range_) in ends.items():
        for s, o in graph.subject_objects(prov[name]):
            assert s in kinds[domain] and o in kinds[range_], f"{name}: {s} {o}"
    return f"{len(graph)} triples"


def prov(path):
    from prov.model import ProvDocument
    document = ProvDocument.deserialize(path, format="json")
    return f"{len(list(document.get_records()))} records, {len(list(document.bundles))} bundles"


def graphml(path):
    import networkx
    graph = networkx.read_graphml(path)
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def gexf(path):
    from xml.etree import ElementTree
    space = "{http://gexf.net/1.3}"
    root = ElementTree.parse(path).getroot()
    ids = {node.get("id") for node in root.iter(f"{space}node")}
    for edge in root.iter(f"{space}edge"):
        assert edge.get("source") in ids and edge.get("target") in ids
    return f"{len(ids)} nodes"


def html(path):
    import html5lib
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    with open(path, "rb") as file:
        tree = parser.parse(file)
    assert not list(tree.iter("script"))
    return f"{sum(1 for _ in tree.iter())} elements"


kind, *paths = sys.argv[1:]
for path in paths:
    print(path.rsplit("/", 1)[-1], globals()[kind](path))
