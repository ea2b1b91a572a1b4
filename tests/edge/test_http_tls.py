"""Over TLS the certificate is checked against the name, though the connection goes to a number; no way back
to http.
"""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kentongan.edge.http import Limits, fetch
from tests.edge.test_http import Answer, Site, anything, code_of, hello, here, site, to


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for situs.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "situs.example")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("situs.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def secured(answer: Answer, certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with site(answer) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server


def get_tls(server: Site, host: str, trust: ssl.SSLContext | None, *more_ports: int) -> int:
    limits = Limits(ports=frozenset({server.port, *more_ports}))
    url = f"https://{host}:{server.port}/"
    return fetch(url, limits=limits, resolver=here, permitted=anything, trust=trust).status


def test_the_certificate_must_name_the_host_that_was_asked_for(certificate: Path) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    for server in secured(hello, certificate):
        assert get_tls(server, "situs.example", trust) == 200
        assert code_of(lambda server=server: get_tls(server, "lain.example", trust)) == "edge.fetch_failed"


def test_a_certificate_nobody_vouches_for_is_refused(certificate: Path) -> None:
    for server in secured(hello, certificate):
        assert code_of(lambda server=server: get_tls(server, "situs.example", None)) == "edge.fetch_failed"


def test_a_redirect_from_https_to_http_is_refused(certificate: Path) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    with site(hello) as plain:
        for server in secured(to(f"http://situs.example:{plain.port}/"), certificate):
            call = lambda server=server: get_tls(server, "situs.example", trust, plain.port)  # noqa: E731
            assert code_of(call) == "edge.downgrade_refused"
        assert plain.asked == []
