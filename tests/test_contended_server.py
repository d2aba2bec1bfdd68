"""The server that the real load tests were run against: it is local, it queues, and it fails what it says it fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bench.contended_server import ContendedServer


@pytest.fixture
def server() -> Iterator[ContendedServer]:
    """A server whose every third request fails, with nothing but the lock to wait for."""
    with ContendedServer(0, beside=0.0, behind=0.02, coherency=0.0, fail_every=3) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def status(server: ContendedServer) -> int:
    """Return the status of one request."""
    try:
        with urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_it_listens_here_alone_and_fails_every_third(server: ContendedServer) -> None:
    """The address is that of this machine; of six requests two end with 503."""
    assert server.server_address[0] == "127.0.0.1"
    assert sorted(status(server) for _ in range(6)) == [200, 200, 200, 200, 503, 503]


def test_requests_wait_for_the_lock(server: ContendedServer) -> None:
    """Eight requests at a time take at least eight turns at the lock: none overtakes the wait."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda _: status(server), range(8)))) == 8
    assert time.perf_counter() - begun >= 8 * server.behind
