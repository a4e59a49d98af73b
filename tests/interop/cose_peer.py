"""Another implementation of COSE, over cbor2 and cryptography: checks what it is given in argv[1], and signs what we are to check."""
import hashlib
import json
import sys

import cbor2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

HASHES = {-7: hashes.SHA256(), -35: hashes.SHA384()}


def to_be_signed(protected, payload):
    return cbor2.dumps(["Signature1", protected, b"", payload])


def verify(message, spki, payload=None):
    """Raises when the message does not verify; returns its headers and payload."""
    decoded = cbor2.loads(message)
    assert decoded.tag == 18, "not tagged as COSE_Sign1"
    protected, unprotected, embedded, signature = decoded.value
    headers = cbor2.loads(protected)
    payload = embedded if payload is None else payload
    key = serialization.load_der_public_key(spki)
    signed = to_be_signed(protected, payload)
    if headers[1] == -8:
        key.verify(signature, signed)
    else:
        half = len(signature) // 2
        der = encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
        key.verify(der, signed, ec.ECDSA(HASHES[headers[1]]))
    return headers, unprotected, payload


def root_of(leaf, index, size, path):
    """RFC 9162, 2.1.3.2."""
    node, last, result = index, size - 1, leaf
    for sibling in path:
        assert last != 0, "too many hashes"
        if node & 1 or node == last:
            result = hashlib.sha256(b"\x01" + sibling + result).digest()
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = hashlib.sha256(b"\x01" + result + sibling).digest()
        node, last = node >> 1, last >> 1
    assert last == 0, "too few hashes"
    return result


def verify_receipt(receipt, spki, leaf):
    unprotected = cbor2.loads(receipt).value[1]
    size, index, path = cbor2.loads(unprotected[396][-1][0])
    headers, _, _ = verify(receipt, spki, root_of(hashlib.sha256(b"\x00" + leaf).digest(), index, size, path))
    assert headers[395] == 1, "not RFC9162_SHA256"
    return headers


def sign(alg, payload):
    key = ed25519.Ed25519PrivateKey.generate() if alg == -8 else ec.generate_private_key({-7: ec.SECP256R1(), -35: ec.SECP384R1()}[alg])
    protected = cbor2.dumps({1: alg, 3: "text/plain", 4: b"peer", 15: {1: "https://peer.example", 2: "pkg:x"}})
    signature = key.sign(to_be_signed(protected, payload)) if alg == -8 else key.sign(to_be_signed(protected, payload), ec.ECDSA(HASHES[alg]))
    if alg != -8:
        length = key.curve.key_size // 8
        signature = b"".join(part.to_bytes(length, "big") for part in decode_dss_signature(signature))
    message = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"message": message.hex(), "spki": spki.hex()}


question = json.loads(sys.argv[1])
statement, leaf = bytes.fromhex(question["statement"]), bytes.fromhex(question["leaf"])
spki = bytes.fromhex(question["spki"])
headers, unprotected, payload = verify(statement, spki)
receipt_headers = verify_receipt(unprotected[394][0], spki, leaf)
for message in question["messages"]:
    verify(bytes.fromhex(message["message"]), bytes.fromhex(message["spki"]))
print(json.dumps({
    "issuer": headers[15][1],
    "content_type": headers[3],
    "payload": payload.hex(),
    "receipt_issuer": receipt_headers[15][1],
    "messages": [sign(alg, b"said by the peer") for alg in (-7, -35, -8)],
}))
