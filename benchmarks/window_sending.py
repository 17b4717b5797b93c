"""Answers in the window while a worker sends visits, again and again, at the pace of a good line.

`python window_sending.py WHAT HOME VISIT INDICATORS` prints one JSON object; bench_window asks.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sending import join_headquarters, queue_anew

from assessor_app.compose import build
from assessor_app.services.sync.packing import queue_visit
from assessor_app.services.sync.pushing import push
from assessor_app.services.sync.sending import Stop
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.throttled import ThrottledTransport
from places import PASSPHRASE, QUICK
from window_program import answering

_LINE = 5_000_000  # bytes a second


@contextmanager
def sending(home: Path, visit: str) -> Iterator[list[int]]:
    """A visit on its way for as long as the block lasts; how many bytes of each run were put."""
    application = build(home, cost=QUICK)
    workplace = application.unlock(PASSPHRASE)
    join_headquarters(workplace.store)
    queue_visit(workplace, visit, library=application.library)
    stop, put = Stop(), list[int]()

    def send() -> None:
        while not stop.is_asked():
            folder = home.with_name(f"{home.name}-sent-{len(put)}")
            folder.mkdir()
            line = ThrottledTransport(FolderTransport(folder), _LINE, stop.wait)
            done = push(workplace, line, library=application.library, visits=(), stop=stop)
            put.append(done.put)
            queue_anew(workplace.store)

    worker = threading.Thread(target=send)
    worker.start()
    try:
        yield put
    finally:
        stop.ask()
        worker.join()
        workplace.store.close()


if __name__ == "__main__":
    _, home, visit, indicators = sys.argv[1:5]
    with sending(Path(home), visit) as put:
        found = answering(Path(home), visit, int(indicators))
    print(json.dumps({**found, "sent_bytes": sum(put)}))
