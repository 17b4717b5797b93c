"""Real servers on the loopback: WebDAV by wsgidav, S3 by moto, and servers that misbehave."""

import contextlib
import logging
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cheroot import wsgi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer
from wsgidav.wsgidav_app import WsgiDAVApp

USER, SECRET = "tablet-07", "sandi-aplikasi-4711"
ACCOUNT = "123456789012"  # moto's own
BUCKET, REGION = "kunjungan", "us-east-1"


@contextlib.contextmanager
def serving_webdav(folder: Path, *, read_only: bool = False) -> Iterator[str]:
    """A WebDAV server over a folder; the address of it."""
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": {"root": str(folder), "readonly": read_only}},
            "http_authenticator": {
                "accept_basic": True,
                "accept_digest": False,
                "default_to_digest": False,
            },
            "simple_dc": {"user_mapping": {"*": {USER: {"password": SECRET}}}},
            "verbose": 0,
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), app, numthreads=4)
    server.shutdown_timeout = 1
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"webdav://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(10)


@contextlib.contextmanager
def serving_s3() -> Iterator[str]:
    """An S3 server with one bucket; the URL of its endpoint."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    held = s3_backends[ACCOUNT]["aws"]  # one for all servers of this process
    if BUCKET not in held.buckets:
        held.create_bucket(BUCKET, region_name=REGION)
    try:
        yield endpoint
    finally:
        server.stop()


def s3_address(endpoint: str, folder: str, *, bucket: str = BUCKET) -> str:
    return f"s3://{bucket}/{folder}?endpoint={endpoint}&region={REGION}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to a verb, whatever it is asked."""

    status: int = 200
    body: bytes = b"<!doctype html><form>Masuk ke Wi-Fi hotel</form>"
    kind: str = "text/html"
    off: timedelta = timedelta(0)
    """How far its clock is off."""
    after: float = 0.0
    """Seconds before it answers."""
    missing: int = 0
    """Bytes that it promises and does not send."""


@contextlib.contextmanager
def answering(
    usual: Answer,
    by_verb: Mapping[str, Answer] | None = None,
    *,
    certificate: Path | None = None,
) -> Iterator[str]:
    """A server with one answer to everything, or one for a verb; `host:port`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = (by_verb or {}).get(self.command, usual)
            time.sleep(said.after)
            self.send_response_only(said.status)
            moment = datetime.now(UTC) + said.off
            self.send_header("Date", self.date_time_string(moment.timestamp()))
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(said.body) + said.missing))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(said.body)
            self.close_connection = self.close_connection or bool(said.missing)

        def log_message(self, *_: object) -> None:
            pass

    for verb in ("GET", "HEAD", "PUT", "DELETE", "PROPFIND", "MKCOL", "OPTIONS", "POST"):
        setattr(Handler, f"do_{verb}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hangs up is no news
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def self_signed(folder: Path) -> Path:
    """A certificate that nobody stands behind, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cloud.example.go.id")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "self-signed.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file
