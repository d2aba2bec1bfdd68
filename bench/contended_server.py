"""A small local server that really meets a wall: what the load tests of ``tests/data/loadtests`` were run against.

Each request takes a part that runs beside all others, then a part behind one lock. The part behind the lock grows with
the number of requests in flight, as the keeping of copies in step does. So throughput rises, bends at the lock and
falls again. Every request is served by a thread of its own; time is spent asleep, so two cores are enough.

    python -m bench.contended_server --port 8700

It listens on 127.0.0.1 alone, until it is stopped.
"""

from __future__ import annotations

import argparse
import itertools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_BODY = b"ok\n"


class ContendedServer(ThreadingHTTPServer):
    """Serves requests that wait for one another.

    Attributes:
        beside: seconds of a request that run beside all others.
        behind: seconds behind the lock when nobody else is there.
        coherency: seconds behind the lock for each other request in flight.
        fail_every: every so many requests end with status 503; 0 for none.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, beside: float, behind: float, coherency: float, fail_every: int) -> None:
        """Listen on a port of this machine alone; 0 takes a free one."""
        super().__init__(("127.0.0.1", port), Handler)
        self.beside, self.behind, self.coherency, self.fail_every = beside, behind, coherency, fail_every
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._in_flight, self._numbers = 0, itertools.count(1)

    def serve_one(self) -> bool:
        """Spend the time of one request; return whether it ended well."""
        with self._counting:
            self._in_flight += 1
            number = next(self._numbers)
        try:
            time.sleep(self.beside)
            with self._lock:
                time.sleep(self.behind + self.coherency * (self._in_flight - 1))
        finally:
            with self._counting:
                self._in_flight -= 1
        return not (self.fail_every and number % self.fail_every == 0)


class Handler(BaseHTTPRequestHandler):
    """Answers every GET."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ContendedServer

    def do_GET(self) -> None:
        """Answer once the time of the request is spent."""
        well = self.server.serve_one()
        self.send_response(200 if well else 503)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(_BODY)))
        self.end_headers()
        self.wfile.write(_BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base class)
        """Say nothing: a line a request would slow the server."""


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--port", type=int, default=8700)
    parser.add_argument("--beside-ms", type=float, default=40.0)
    parser.add_argument("--behind-ms", type=float, default=3.0)
    parser.add_argument("--coherency-ms", type=float, default=0.06)
    parser.add_argument("--fail-every", type=int, default=200)
    given = parser.parse_args()
    milli = 1e-3
    server = ContendedServer(
        given.port, given.beside_ms * milli, given.behind_ms * milli, given.coherency_ms * milli, given.fail_every
    )
    with server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
