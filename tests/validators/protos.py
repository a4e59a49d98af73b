"""usage: protos.py SCHEMAS KIND DOCUMENT…    KIND: statement, envelope or bundle

Reads documents as the protobuf JSON of their own definitions; what these do not know is refused.
"""

import json, os, subprocess, sys, tempfile

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, json_format, struct_pb2, timestamp_pb2
from google.protobuf.message_factory import MessageFactory

PREDICATES = {
    "https://slsa.dev/provenance/v1": ("provenance/v1/provenance", "provenance.v1.Provenance"),
    "https://slsa.dev/provenance/v0.2": ("provenance/v0.2/provenance", "provenance.v02.Provenance"),
    "https://slsa.dev/verification_summary/v1": ("vsa/v1/vsa", "vsa.v1.VerificationSummary"),
    "https://in-toto.io/attestation/svr/v0.1": ("svr/v0.1/svr", "svr.v0_1.SimpleVerificationResult"),
    "https://in-toto.io/attestation/release/v0.2": ("release/v0.2/release", "release.v02.Release"),
    "https://in-toto.io/attestation/scai/v0.3": ("scai/v0/scai", "scai.v0.AttributeReport"),
    "https://in-toto.io/attestation/reference/v0.1": ("reference/v0/reference", "reference.v0.Reference"),
    "https://in-toto.io/attestation/test-result/v0.1": ("test_result/v0/test_result", "test_result.v0.TestResult"),
    "https://in-toto.io/attestation/vulns/v0.2": ("vulns/v0.2/vulns", "vulns.v02.Vulns"),
    "https://in-toto.io/attestation/link/v0.3": ("link/v0/link", "link.v0.Link"),
}

# The members of google/api that bundles' definitions mark fields with.
FIELD_BEHAVIOR = """syntax = "proto3"; package google.api; import "google/protobuf/descriptor.proto";
extend google.protobuf.FieldOptions { repeated google.api.FieldBehavior field_behavior = 1052; }
enum FieldBehavior { FIELD_BEHAVIOR_UNSPECIFIED = 0; OPTIONAL = 1; REQUIRED = 2; OUTPUT_ONLY = 3; INPUT_ONLY = 4; IMMUTABLE = 5; }"""


def messages(include, files):
    """A pool with these .proto files and all that they import."""
    with tempfile.TemporaryDirectory() as work:
        known = descriptor_pb2.FileDescriptorSet()
        for module in (struct_pb2, timestamp_pb2, any_pb2, descriptor_pb2):
            module.DESCRIPTOR.CopyToProto(known.file.add())
        with open(os.path.join(work, "known.pb"), "wb") as out:
            out.write(known.SerializeToString())
        os.makedirs(os.path.join(work, "google/api"))
        with open(os.path.join(work, "google/api/field_behavior.proto"), "w") as out:
            out.write(FIELD_BEHAVIOR)
        target = os.path.join(work, "all.pb")
        subprocess.run(["protoc", f"--descriptor_set_in={work}/known.pb", f"-I{work}", *[f"-I{i}" for i in include], "--include_imports",
                        f"--descriptor_set_out={target}", *files], check=True)
        found = descriptor_pb2.FileDescriptorSet()
        with open(target, "rb") as file:
            found.ParseFromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in found.file:
        pool.Add(file)
    factory = MessageFactory(pool)
    return lambda name: factory.GetPrototype(pool.FindMessageTypeByName(name))()


def statements(schemas, documents):
    root = "in_toto_attestation"
    of = messages([os.path.join(schemas, "in-toto")], [f"{root}/v1/statement.proto", *[f"{root}/predicates/{path}.proto" for path, _ in PREDICATES.values()]])
    for path in documents:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        json_format.Parse(text, of(f"{root}.v1.Statement"))
        statement = json.loads(text)
        if statement["predicateType"] in PREDICATES:
            json_format.ParseDict(statement["predicate"], of(f"{root}.predicates.{PREDICATES[statement['predicateType']][1]}"))


def envelopes(schemas, documents):
    of = messages([os.path.join(schemas, "dsse")], ["envelope.proto"])
    for path in documents:
        with open(path, encoding="utf-8") as file:
            json_format.Parse(file.read(), of("io.intoto.Envelope"))


def bundles(schemas, documents):
    of = messages([os.path.join(schemas, "sigstore")], ["sigstore_bundle.proto"])
    for path in documents:
        with open(path, encoding="utf-8") as file:
            json_format.Parse(file.read(), of("dev.sigstore.bundle.v1.Bundle"))


{"statement": statements, "envelope": envelopes, "bundle": bundles}[sys.argv[2]](sys.argv[1], sys.argv[3:])
