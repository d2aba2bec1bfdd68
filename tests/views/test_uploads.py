"""Files that are read in another thread: followed by what is read of them, stopped, and refused at their field."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.errors import StoppedError
from assessment.loadtests.reading import read_load_test
from models.watching import Watch
from views import waiting
from views.running import runs
from views.uploads import Followed
from workspace.service import Workspace

Visit = Callable[..., AppTest]
TABLE = b"load,throughput\n1,10\n2,19\n4,35\n8,60\n16,90\n32,110\n"
LINE = b"x" * 99 + b"\n"


def test_what_is_read_of_a_file_is_its_progress() -> None:
    """Some signs of it, rising to the end, however it is read; the bytes are those of the file."""
    for read in (lambda file: file.readline(), lambda file: file.read(100)):
        heard = list[float]()
        file = Followed(LINE * 5_000, Watch(heard.append))
        assert b"".join(iter(lambda found=read, given=file: found(given), b"")) == LINE * 5_000  # type: ignore[misc]
        assert 5 < len(heard) < 12
        assert heard == sorted(heard)
        assert 0.0 <= heard[0] < 0.1
        assert 0.9 < heard[-1] <= 1.0


def test_reading_is_stopped_within_a_file() -> None:
    """The next part is not read."""
    heard = list[float]()
    file = Followed(LINE * 5_000, Watch(heard.append, lambda: len(heard) == 3))
    with pytest.raises(StoppedError):
        list(iter(file.readline, b""))
    assert 0 < file.tell() < 300_000


def test_a_load_test_is_stopped_and_read_again(desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped, nothing of it is shown; read again it is, and no file is kept."""
    begun, go = Event(), Event()

    def held(stream: Any, name: str) -> Any:
        begun.set()
        while not go.wait(0.005):
            stream._watch.step(0.5)
        return read_load_test(stream, name)

    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("assessment.loadtests.reading.read_load_test", held)
    id_ = desk.create("Ward")
    app, place = visit("wall", a=id_), f"wall-files-{id_}"
    app.file_uploader(key="wall-files").set_value([("points.csv", TABLE, "text/csv")])
    app.button(key="FormSubmitter:wall-form-Read the load test").click().run()
    assert begun.wait(30)
    run = app.session_state[f"waiting-{place}"].run
    app.button(key=f"stop-{place}").click().run()
    run.wait(30)
    app.run()
    assert any("Stopped before it was finished:** reading the load test" in info.value for info in app.info)
    assert not app.get("vega_lite_chart")
    go.set()
    app.button(key=f"again-{place}").click().run()
    again = app.session_state[f"waiting-{place}"].run
    again.wait(30)
    app.run()
    assert len(app.get("vega_lite_chart")) == 1
    assert runs().find(again.job) is None


def test_a_file_that_is_refused_is_refused_at_its_field(desk: Workspace, visit: Visit) -> None:
    """In the summary and at the field, with file and line."""
    app = visit("wall", a=desk.create("Ward"))
    app.file_uploader(key="wall-files").set_value([("points.csv", b"load,throughput\n1,ten\n", "text/csv")])
    app.button(key="FormSubmitter:wall-form-Read the load test").click().run()
    assert any("There is a problem" in error.value for error in app.error)
    assert any("points.csv:2" in error.value.replace("\u2060", "").replace("\\", "") for error in app.error)
    assert not app.get("vega_lite_chart")
