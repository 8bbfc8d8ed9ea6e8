"""A database of counters: GET /NAME is its value, POST /NAME adds one. What it knows is in the file it is given."""
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

port, path = int(sys.argv[1]), sys.argv[2]
store = sqlite3.connect(path, isolation_level=None)
store.execute("CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")


class Database(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/healthz":
            return self.answer("ok")
        row = store.execute("SELECT value FROM counters WHERE name = ?", [self.path]).fetchone()
        self.answer(str(row[0] if row else 0))

    def do_POST(self):
        store.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", [self.path])
        self.do_GET()

    def answer(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", port), Database).serve_forever()
