"""A company's proxy: it looks into TLS with a private CA, and the emulator answers for Google.

tls_proxy.py FOLDER EMULATOR_PORT [STATUS]: prints its own port, writes FOLDER/ca.pem, and for each
CONNECT a line into FOLDER/connects: the host and port asked for, and the client. With STATUS it
refuses every CONNECT so.
"""

from __future__ import annotations

import datetime
import re
import socket
import ssl
import sys
import threading
from contextlib import suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ("generativelanguage.googleapis.com", "oauth2.googleapis.com", "accounts.google.com")


def certificate(
    name: str, issuer: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """Good for two days around now; of a CA where it has signed itself."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    is_ca = key is signer
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(authority, critical=False)
    )
    if is_ca:
        usage = x509.KeyUsage(*(False,) * 5, True, True, False, False)  # noqa: FBT003
        made = made.add_extension(usage, critical=True)
    else:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
        made = made.add_extension(names, critical=False)
    return made.sign(signer, hashes.SHA256())


def tls(folder: Path) -> ssl.SSLContext:
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    pem = serialization.Encoding.PEM
    ca = certificate("Company CA", "Company CA", authority, authority)
    (folder / "ca.pem").write_bytes(ca.public_bytes(pem))
    own = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate("proxy", "Company CA", key, authority).public_bytes(pem)
    (folder / "proxy.pem").write_bytes(own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "proxy.pem")
    return context


def head(connection: socket.socket) -> bytes:
    """Up to the blank line, and what has come with it."""
    read = b""
    while b"\r\n\r\n" not in read:
        more = connection.recv(65536)
        if not more:
            break
        read += more
    return read


def copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)


def serve(
    client: socket.socket, context: ssl.SSLContext, folder: Path, emulator: int, status: str
) -> None:
    with suppress(OSError), client:
        asked = head(client).decode()
        agent = re.search(r"(?im)^user-agent: *([a-z-]*)", asked)
        with (folder / "connects").open("a") as log:
            log.write(f"{asked.split()[1]} {agent[1] if agent else '-'}\n")
        client.sendall(f"HTTP/1.1 {status or 200} So\r\n\r\n".encode())
        if status:
            return
        with (
            context.wrap_socket(client, server_side=True) as inside,
            socket.create_connection(("127.0.0.1", emulator)) as service,
        ):
            request = re.sub(rb"(?im)^host: .*?\r$", b"Host: 127.0.0.1\r", head(inside), count=1)
            service.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            threading.Thread(target=copy, args=(inside, service), daemon=True).start()
            copy(service, inside)


def main(folder: Path, emulator: int, status: str = "") -> None:
    context = tls(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            client = listener.accept()[0]
            arguments = (client, context, folder, emulator, status)
            threading.Thread(target=serve, args=arguments, daemon=True).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
