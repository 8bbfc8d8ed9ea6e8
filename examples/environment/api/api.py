"""Counts visits in the database, and says which version of it runs where."""
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

port, database = int(sys.argv[1]), sys.argv[2]


class API(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/healthz":
            return self.answer({"status": "ok"})
        with urlopen(Request(database + "/visits", method="POST"), timeout=5) as response:
            visits = int(response.read())
        self.answer({"environment": os.environ["ENVIRONMENT"], "version": os.environ["VERSION"], "visits": visits})

    def answer(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write((json.dumps(value) + "\n").encode())

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), API).serve_forever()
