"""usage: receipts.py FILE…    FILE.receipt: a COSE receipt; FILE.transparent: a SCITT transparent statement

Checks the forms of draft-ietf-cose-merkle-tree-proofs and draft-ietf-scitt-architecture with cbor2.
"""

import sys

import cbor2


def sign1(data):
    message = cbor2.loads(data)
    assert message.tag == 18 and len(message.value) == 4, "COSE_Sign1 with tag 18"
    protected, unprotected, payload, signature = message.value
    assert isinstance(unprotected, dict) and isinstance(signature, bytes)
    return cbor2.loads(protected), unprotected, payload


def receipt(data):
    header, unprotected, payload = sign1(data)
    assert isinstance(header[1], int) and header[395] == 1 and payload is None
    proofs = unprotected[396][-1]
    assert len(proofs) >= 1
    for encoded in proofs:
        size, index, path = cbor2.loads(encoded)
        assert 0 <= index < size and all(isinstance(h, bytes) and len(h) == 32 for h in path)
        depth, fn, sn = 0, index, size - 1
        while sn > 0:
            if fn & 1 or fn < sn:
                depth += 1
            fn, sn = fn >> 1, sn >> 1
        assert len(path) == depth, "the path has the length that index and size ask for"


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".receipt"):
        receipt(data)
        continue
    header, unprotected, payload = sign1(data)
    assert header[15][1] and header[15][2] and (4 in header or 34 in header or 33 in header)
    assert isinstance(payload, bytes) and isinstance(header[3], (str, int))
    receipts = unprotected[394]
    assert len(receipts) >= 1
    for one in receipts:
        receipt(one if isinstance(one, bytes) else cbor2.dumps(one))
