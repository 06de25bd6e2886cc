"""The emulator's own key, RS256: it signs ID tokens, and in the name of service accounts.

Its private part is kept in DATA_DIR/signing_key.pem, readable by its owner only, and is made when
it is first wanted: that takes longer than all else that is done to start. One that cannot be
written is good until the process ends.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gemtune.auth import private_file
from gemtune.failure import Failure

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_NAME = "gemtune-emulator.gserviceaccount.com"
_VALID = (datetime(2020, 1, 1), datetime(2120, 1, 1))  # noqa: DTZ001 - X.509 has UTC, without saying


class SigningKey:
    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "signing_key.pem"

    @cached_property
    def _key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            key = load_pem_private_key(self._path.read_bytes(), None)
        except (OSError, ValueError, TypeError):
            key = None
        if isinstance(key, RSAPrivateKey):
            return key
        made = new()
        with suppress(Failure):
            private_file.write(self._path, private_pem(made))
        return made

    @cached_property
    def public(self) -> str:
        return public_pem(self._key)

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(self.public.encode()).hexdigest()[:40]

    @cached_property
    def _signer(self) -> Any:
        from google.auth import crypt

        return crypt.RSASigner(self._key, self.id)  # type: ignore[no-untyped-call]

    def sign(self, message: bytes) -> bytes:
        signature: bytes = self._signer.sign(message)
        return signature

    def jwt(self, claims: Mapping[str, object]) -> str:
        from google.auth import jwt

        signed: bytes = jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]
        return signed.decode()

    def certificate(self, public: str) -> str:
        """An X.509 certificate of a public key, both in PEM, as Google shows its keys."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.x509.oid import NameOID

        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
        builder = x509.CertificateBuilder(subject, subject)
        builder = builder.public_key(serialization.load_pem_public_key(public.encode()))  # type: ignore[arg-type]
        builder = builder.serial_number(1).not_valid_before(_VALID[0]).not_valid_after(_VALID[1])
        made = builder.sign(self._key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def jwk(self) -> dict[str, str]:
        """RFC 7517 §4, RFC 7518 §6.3.1."""
        numbers = self._key.public_key().public_numbers()
        parts = {"n": _base64url(numbers.n), "e": _base64url(numbers.e)}
        return {"kid": self.id, "kty": "RSA", "alg": "RS256", "use": "sig", **parts}


def new() -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(65537, 2048)


def private_pem(key: RSAPrivateKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: RSAPrivateKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _base64url(number: int) -> str:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
