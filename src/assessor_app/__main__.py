"""`assessor`: with arguments the command line, without any the window."""

import gc
import sys


def main() -> int:
    gc.disable()  # the window collects at times of its own (ui/application.py), not while it opens
    if sys.argv[1:] == ["--decoder"]:  # services/evidence/apart.py starts it, nobody else
        from assessor_app.services.evidence.decoder import serve

        gc.enable()
        return serve()
    if len(sys.argv) > 1:
        from assessor_app.cli.application import run

        gc.freeze()  # what was imported never becomes garbage: nobody has to look through it
        gc.enable()
        return run(sys.argv[1:])
    from assessor_app.ui.application import run as run_window

    return run_window(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
