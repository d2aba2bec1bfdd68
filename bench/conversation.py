"""A browser's half of the conversation with the app, without a browser: what fifty or five hundred people send.

Speaks Streamlit's own messages over a WebSocket: it asks for a page, keeps the widgets that come back, and sends a
click on one of them with the value of all, as a browser does. It draws nothing, so a time is that of the server.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_LARGEST = 64 * 1024 * 1024
_STOPPED_FOR_RERUN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Shown(NamedTuple):
    """A widget as the server described it, and the fragment that draws it."""

    kind: str
    fragment: str
    options: tuple[str, ...]


class Answered(NamedTuple):
    """What came back: seconds until the run had ended, how many messages, how many bytes, and in how many runs."""

    seconds: float
    messages: int
    size: int
    runs: int


class Conversation:
    """One browser tab."""

    def __init__(self, socket: ClientConnection, query: str) -> None:
        """Talk over an open socket; ``query`` is what stands behind the question mark of the address."""
        self._socket, self._query = socket, query
        self._page = ""
        self._kept: dict[str, ForwardMsg] = {}
        self._values: dict[str, WidgetState] = {}
        self.widgets: dict[str, Shown] = {}
        self.text: list[str] = []

    @classmethod
    async def begin(cls, address: str, page: str, query: str) -> tuple[Self, Answered]:
        """Open a page of the app, as a browser that has come to its address."""
        parts = urlsplit(address)
        socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=_LARGEST,
            compression=None,
        )
        tab = cls(socket, query)
        request = BackMsg()
        request.rerun_script.query_string, request.rerun_script.page_name = query, page
        return tab, await tab._sent(request)

    async def end(self) -> None:
        """Close the tab."""
        await self._socket.close()

    def named(self, part: str) -> str:
        """Return the id of the first widget whose key contains ``part``.

        Raises:
            LookupError: when the page shows none.
        """
        for name in self.widgets:
            if part in name:
                return name
        message = f"no widget '{part}' among {sorted(self.widgets)}"
        raise LookupError(message)

    async def choose(self, widget: str, option: int) -> Answered:
        """Choose an option of a radio, and wait for what the server makes of it."""
        shown = self.widgets[widget]
        self._values[widget] = WidgetState(id=widget, string_value=shown.options[option])
        request = BackMsg()
        state = request.rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self._query, self._page, shown.fragment
        state.widget_states.widgets.extend(self._values.values())
        state.cached_message_hashes.extend(self._kept)
        return await self._sent(request)

    async def _sent(self, request: BackMsg) -> Answered:
        start, messages, size, runs = time.perf_counter(), 0, 0, 0
        await self._socket.send(request.SerializeToString())
        while True:
            raw = await self._socket.recv()
            messages, size = messages + 1, size + len(raw)
            message = ForwardMsg()
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            self._take(message)
            runs += message.WhichOneof("type") == "new_session"
            if message.WhichOneof("type") == "script_finished" and message.script_finished != _STOPPED_FOR_RERUN:
                return Answered(time.perf_counter() - start, messages, size, runs)

    def _take(self, message: ForwardMsg) -> None:
        """Keep what a browser keeps: cached messages, the page, and the widgets."""
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = message
        if message.WhichOneof("type") == "new_session":
            self._page = message.new_session.page_script_hash
        if message.WhichOneof("type") == "ref_hash":
            message = self._kept[message.ref_hash]
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message)

    def _element(self, message: ForwardMsg) -> None:
        element, fragment = message.delta.new_element, message.delta.fragment_id
        kind = element.WhichOneof("type") or ""
        found = getattr(element, kind, None)
        if kind == "markdown":
            self.text.append(element.markdown.body)
        name = getattr(found, "id", "")
        if name:
            self.widgets[name] = Shown(kind, fragment, tuple(getattr(found, "options", ())))
        if kind == "radio":
            self._values.update({state.id: state for state in _standing(element.radio)})


def _standing(radio: object) -> Iterator[WidgetState]:
    """Yield the value that a radio stands at, as a browser reports it."""
    options, place = tuple(radio.options), radio.default  # type: ignore[attr-defined]
    if radio.set_value and radio.HasField("raw_value"):  # type: ignore[attr-defined]
        yield WidgetState(id=radio.id, string_value=radio.raw_value)  # type: ignore[attr-defined]
    elif radio.HasField("default"):  # type: ignore[attr-defined]
        yield WidgetState(id=radio.id, string_value=options[place])  # type: ignore[attr-defined]
