"""Small horizontal bars out of block characters, an eighth of a cell exact."""

from rich.text import Text

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(part: int, whole: int, cells: int, style: str) -> Text:
    """A bar of up to `cells` cells, filled as `part` is to `whole`; anything above 0 leaves a trace."""
    eighths = round(cells * 8 * part / whole) if whole else 0
    eighths = max(eighths, 1) if part else 0
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_EIGHTHS[rest] if rest else "")
    return Text(drawn.ljust(cells), style)


def share(part: int, whole: int) -> str:
    """A part as whole percent: `12 %`; `<1 %` and `>99 %` where rounding would say none or all."""
    if not whole or part == 0:
        return "0 %"
    percent = 100 * part / whole
    if percent < 1:
        return "<1 %"
    return ">99 %" if 99 < percent < 100 else f"{percent:.0f} %"
