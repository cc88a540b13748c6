"""The demo: scores the leads of examples/b2b on the terminal, then explains one of them.

Everything goes through the command line's own front door, so what is shown here is what
`scoreline score --project examples/b2b --as-of 2026-03-02T09:00` shows. The moment is fixed because the data is.

    make demo                               or, on Windows:  uv run python examples/demo.py
"""

import sys
from pathlib import Path

from scoreline.tools.cli.main import app

PROJECT = Path(__file__).parent / "b2b"
AS_OF = "2026-03-02T09:00"
LEAD = "L0195"


def show(*arguments: str) -> int:
    """Run one command as a user would type it, and show its exit status."""
    words = [*arguments, "--project", str(PROJECT), "--as-of", AS_OF]
    print(f"\n$ scoreline {' '.join(arguments)} --project examples/b2b --as-of {AS_OF}\n", flush=True)
    status = app(words, standalone_mode=False)
    return status if isinstance(status, int) else 0


def main() -> int:
    """Show both commands; the first exit status that is not 0, or 0."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if callable(reconfigure):
        reconfigure(encoding="utf-8")  # a Windows console may say otherwise
    return show("score") or show("explain", LEAD)


if __name__ == "__main__":
    sys.exit(main())
