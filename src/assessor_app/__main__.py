"""`assessor`: with arguments the command line, without any the window."""

import gc
import sys


def main() -> int:
    if len(sys.argv) > 1:
        from assessor_app.cli.application import run  # noqa: PLC0415 - the window needs none of it

        return run(sys.argv[1:])
    gc.disable()  # the window collects at times of its own (ui/application.py), not while it opens
    from assessor_app.ui.application import run as run_window  # noqa: PLC0415 - the only Qt import

    return run_window(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
