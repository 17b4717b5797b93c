"""What logind tells before the device sleeps, on a private bus with a logind of our own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None,
    reason="logind speaks over D-Bus, which is not here",
)

LOGIND = """
import os, sys
from jeepney import DBusAddress, HeaderFields
from jeepney import message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

bus = open_dbus_connection(sys.argv[1], enable_fds=True)
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
print("ready", flush=True)
asked = bus.receive()
while asked.header.fields.get(HeaderFields.member) != "Inhibit":
    asked = bus.receive()
mine, theirs = os.pipe()
bus.send(new_method_return(asked, "h", (theirs,)))
os.close(theirs)
print("asked", *asked.body, flush=True)
logind = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
bus.send(new_signal(logind, "PrepareForSleep", "b", (True,)))
os.read(mine, 1)  # its end: the window has let the device sleep
print("sleeps", flush=True)
"""

WINDOW = """
from PySide6.QtCore import QCoreApplication, QTimer
from assessor_app.ui.sleep_news import SleepNews

app = QCoreApplication([])
news = SleepNews(app)

def locked():
    print("told", news.delays, flush=True)
    news.end()
    print("let go", news.delays, flush=True)
    QTimer.singleShot(0, app.quit)

news.sleep_announced.connect(locked)
news.begin("Mengunci catatan")
QTimer.singleShot(15000, app.quit)
app.exec()
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a system bus that ends with the test."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def run(code: str, *arguments: str, bus: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus},
    )


def test_the_device_waits_until_the_store_is_locked(bus: str) -> None:
    with run(LOGIND, bus, bus=bus) as logind:
        try:
            assert logind.stdout is not None
            assert logind.stdout.readline().strip() == "ready"
            with run(WINDOW, bus=bus) as window:
                told, _ = window.communicate(timeout=30)
            heard, _ = logind.communicate(timeout=15)
        finally:
            logind.kill()

    assert told.splitlines() == ["told True", "let go False"]
    assert heard.splitlines() == [
        "asked sleep assessor-app Mengunci catatan delay",
        "sleeps",
    ]


def test_without_a_bus_nothing_is_told_and_nothing_fails() -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from assessor_app.ui.sleep_news import SleepNews\n"
        "app = QCoreApplication([])\n"
        "news = SleepNews(app)\n"
        "news.begin('x')\nprint(news.delays)\nnews.end()\n"
    )

    with run(code, bus="unix:path=/nowhere") as window:
        told, _ = window.communicate(timeout=30)

    assert told.strip() == "False"
