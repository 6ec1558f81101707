"""The program's entry: `aloud`, `python -m assistant`."""

import sys


def main() -> int:
    """Run the command line; without arguments the window, which then need not wait for the command line's parser."""
    if len(sys.argv) == 1:
        from assistant.cli.window import open_window

        return open_window()
    from assistant.cli.app import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
