"""A small OpenID Connect provider on this machine: it gives each code one answer, and keeps what it was asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt

CLIENT, SECRET = "gifthorse-desk", "a secret of the tests, long enough for a hash"


class Provider:
    """What the provider says: `userinfo` and `id_token` as claims beside the usual ones; `broken` makes it answer nonsense."""

    def __init__(self, address):
        self.address = address
        self.userinfo = {"sub": "77-outside", "email": "mara@example.org", "email_verified": True, "name": "Quillwort Zanderkopf"}
        self.id_token = {}
        self.broken = False
        self.asked = []

    def answer(self, path, body):
        self.asked.append((path, body))
        if self.broken:
            return {"error": "nonsense"}
        if path.endswith("openid-configuration"):
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo", "jwks_uri": "keys"}
            return {"issuer": self.address, **{name: f"{self.address}/{place}" for name, place in places.items()}}
        if path == "/token":
            claims = {"iss": self.address, "aud": CLIENT, "sub": self.userinfo["sub"], "exp": 4_000_000_000, "iat": 1} | self.id_token
            return {"access_token": "token", "token_type": "Bearer", "id_token": jwt.encode(claims, SECRET, algorithm="HS256")}
        return self.userinfo


@contextmanager
def provider():
    """The provider, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
            content = json.dumps(made.answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, *_args):
            """Nothing is written to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
