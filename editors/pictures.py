"""Makes the pictures: `python editors/pictures.py`, with `chromium` and `pngquant`, and a look at what comes out.

docs/editors.png is rules with their colours: Pygments writes HTML, Chromium shows it and takes a picture.
editors/vscode/icons/scoreline.png is the icon of the extension, drawn in scoreline.svg beside it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from scoreline.grammar.pygments_lexer import ScorelineLexer
from scoreline.grammar.pygments_style import ScorelineStyle

ROOT = Path(__file__).parents[1]
ICON = ROOT / "editors" / "vscode" / "icons" / "scoreline"
SHOWN = ROOT / "editors" / "picture.score"
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

_PAGE = """<!doctype html><meta charset="utf-8"><style>
* {{ margin: 0; box-sizing: border-box }}
body {{ background: #e4eafa; padding: 24px }}
.window {{ background: {paper}; border-radius: 12px; overflow: hidden; border: 1px solid #c9d4ef }}
.bar {{ display: flex; gap: 8px; align-items: center; height: 40px; padding: 0 16px; background: #f1f4fa }}
.bar {{ border-bottom: 1px solid #dde4f2 }}
.bar i {{ width: 11px; height: 11px; border-radius: 50%; background: #c6cfe0 }}
.bar b {{ margin: auto; padding-right: 49px; font: 600 13px "DejaVu Sans", sans-serif; color: #4a5464 }}
{rules}
.highlight {{ padding: 16px 22px; background: none }}
.highlight pre {{ font: 15px/22px "JetBrains Mono", "DejaVu Sans Mono", monospace; font-variant-ligatures: none }}
.highlight .linenos {{ color: {faint}; padding: 0 18px 0 0 }}
</style><div class="window"><div class="bar"><i></i><i></i><i></i><b>{title}</b></div>{code}</div>
"""
SCALE = 1.25
LINE, AROUND = 22, 2 * (24 + 1 + 16) + 40


def page(title: str, text: str) -> str:
    """A page that shows a rule file in a window."""
    form = HtmlFormatter(style=ScorelineStyle, linenos="inline", cssclass="highlight")
    style = ScorelineStyle
    return _PAGE.format(
        title=title, code=highlight(text, ScorelineLexer(), form), rules=form.get_style_defs(".highlight"),
        paper=style.background_color, faint=style.line_number_color,
    )  # fmt: skip


def photograph(page: str, to: Path, width: int, height: int, scale: float = 1) -> None:
    """Has Chromium take a picture of a page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("there is no `chromium` here: install it, as in `apt-get install chromium`")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}")
        profile = (f"--user-data-dir={folder}/profile", "--default-background-color=00000000")
        command = [chromium, *QUIET, *size, *profile, f"--screenshot={to}", file.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def shrink(picture: Path) -> None:
    """Makes do with the colours that are needed."""
    subprocess.run(
        ["pngquant", "--nofs", "--speed=1", "--strip", "--force", f"--output={picture}", "64", picture], check=True
    )


def main() -> None:
    """Makes both."""
    text = SHOWN.read_text(encoding="utf-8")
    width, height = 920, AROUND + LINE * len(text.splitlines())
    photograph(page("b2b.score", text), ROOT / "docs" / "editors.png", width, height, SCALE)
    shrink(ROOT / "docs" / "editors.png")
    drawing = ICON.with_suffix(".svg").read_text(encoding="utf-8").replace("<svg ", '<svg width="256" height="256" ')
    photograph(f"<style>body{{margin:0}} svg{{display:block}}</style>{drawing}", ICON.with_suffix(".png"), 256, 256)


if __name__ == "__main__":
    main()
