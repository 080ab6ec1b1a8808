"""A proxy in front of a server that makes the N-th request fail."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# The kinds of failures: the request is answered by 500 and not forwarded, its answer is dropped, the sending process is
# killed before the request is forwarded or after its answer.
FAULTS = ["answered 500", "cut", "killed before", "killed after"]


class FaultyProxy:
    """Forwards requests to a server. `arm` selects the request that fails; `sent` is its method and path."""

    def __init__(self, server):
        outer = self
        self.host, self.port = urlsplit(server).hostname, urlsplit(server).port
        self.lock = threading.Lock()
        self.arm(None, 0)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                outer.handle(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def arm(self, fault, number):
        self.fault, self.number, self.count, self.sent, self.process = fault, number, 0, None, None

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        with self.lock:
            self.count += 1
            is_spoiled = self.fault is not None and self.count == self.number
            if is_spoiled:
                self.sent = f"{request.command} {request.path.removeprefix('/api/v1')}"
        if is_spoiled and self.fault == "answered 500":
            return self.answer(request, 500, [("Content-Type", "application/json")], b'{"message":"something broke"}')
        if is_spoiled and self.fault == "killed before":
            self.process.kill()
            return self.cut(request)
        status, headers, content = self.forward(request, body)
        if is_spoiled:
            if self.fault == "killed after":
                self.process.kill()
            return self.cut(request)
        self.answer(request, status, headers, content)

    def forward(self, request, body):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "connection")}
        connection.request(request.command, request.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content

    def answer(self, request, status, headers, content):
        try:
            request.send_response_only(status)
            for name, value in headers:
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    request.send_header(name, value)
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            if request.command != "HEAD":
                request.wfile.write(content)
        except OSError:
            request.close_connection = True

    def cut(self, request):
        request.close_connection = True
        try:
            request.connection.shutdown(2)
        except OSError:
            pass
