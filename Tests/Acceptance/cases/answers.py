"""A server that gives prepared answers, for what no sandbox says."""

import contextlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONFIG = {"version_config": {"version": "1.84.0"}, "version": "1.84.0"}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that goes away is no fault of the server."""


class Answers:
    """Answers each request by the first row whose pattern is in its method and path; others as a server of 1.84 would."""

    def __init__(self, *rows):
        self.rows = rows  # (a pattern for "GET /path", status, headers, body); the status None ends the connection
        self.log = []

    def copy(self):
        return Answers(*self.rows)

    def __enter__(self):
        rows, log = self.rows, self.log

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                asked = f"{self.command} {self.path}"
                log.append(f"{asked} {body.decode('utf-8', 'replace')}")
                row = next((row for row in rows if re.search(row[0], asked)), (None, 200, {}, json.dumps(CONFIG)))
                _, status, headers, body = row
                body = body(self) if callable(body) else body
                log.append(f"answered {asked}")
                if status is None:
                    self.close_connection = True
                    return self.connection.shutdown(2)
                self.give(status, headers, body)

            def give(self, status, headers, body):
                body = body if isinstance(body, bytes) else body.encode()
                with contextlib.suppress(OSError):
                    self.send_response_only(status)
                    for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
                        self.send_header(name, str(value))
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(body)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_CONNECT = reply

            def log_message(self, *_):
                pass

        self.http = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    @property
    def environment(self):
        return {
            "LAKECTL_SERVER_ENDPOINT_URL": f"http://127.0.0.1:{self.http.server_port}",
            "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAJTEST",
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "secret",
        }
