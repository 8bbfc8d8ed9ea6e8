"""The way in: hands each request on to the first of its routes that it begins with."""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import URLError
from urllib.request import urlopen

port = int(sys.argv[1])
with open(sys.argv[2]) as file:
    routes = [line.split() for line in file if line.strip()]


class Gateway(BaseHTTPRequestHandler):
    def do_GET(self):
        prefix, upstream = next(route for route in routes if self.path.startswith(route[0]))
        try:
            with urlopen(upstream + self.path[len(prefix):], timeout=5) as response:
                self.answer(response.status, response.headers.get("Content-Type"), response.read())
        except URLError as error:
            self.answer(502, "text/plain", f"{upstream} does not answer: {error.reason}\n".encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Gateway).serve_forever()
