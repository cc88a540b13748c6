"""Fixes of all lints on rules that are put together of what the lints' own cases are made of, with `not`, `and`, `or`,
parentheses, lets and `where` around it: every fix leaves rules without an error, every safe one each score as it is.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from golden.cases import cases_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lint.linting import SCHEMA, applied, compiled, linted
from lint.test_lints import FOLDER
from properties.test_safe_fixes import TODAY, drawn_lead, outcome
from reference.pen import Pen
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Applicability, Diagnostic
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.walk import within
from scoreline.runtime import from_texts

SEEDS = st.integers(0, 2**24 - 1)
FEWER = settings(max_examples=settings.default.max_examples // 3)
HEAD = "model Fit for lead\n"
INSIDE = ("seconds >= 0", "seconds > 5", "not seconds > 5", 'page is " a"', 'page is "x" or page is "y"')
TESTS = (
    "employees >= 0", "engagement <= 100", "engagement between 0 and 100", "visits >= 0", "employees < 0",
    "not employees >= 0", "not not newsletter", "not employees is unknown", 'temperature is "hot"',
    'country is "de" or country is "AT"', 'company is "a " or company is "A"', 'company in ["a", "A ", "b"]',
    'job_title contains any of ["VP", "VP Sales"]', "not no email.opened", 'not country is not "DE"',
)  # fmt: skip


@cache
def pieces() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tests and the whole rules of the lints' cases that are right by themselves."""
    tests, rules = dict.fromkeys(TESTS), dict[str, None]()
    for path in sorted(FOLDER.glob("*.score")):
        for case in cases_of(path):
            for data in case.files.values():
                source = Source("", data.decode())
                for node in within(parse(source).file):
                    text = source.text[node.span.start : node.span.end]
                    if isinstance(node, nodes.Test | nodes.No):
                        tests[text] = None
                    if isinstance(node, nodes.ForEach):
                        rules[text] = None
    return (
        tuple(each for each in tests if right(f"{HEAD}  when {each} then +1\n")),
        tuple(each for each in rules if right(f"{HEAD}  {each}\n")),
    )


def right(text: str) -> bool:
    return compiled({"a.score": text}).diagnostics == ()


class Writing:
    """Writes rules of pieces, as people might and as nobody would."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.tests, self.rules = pieces()
        self.lets: list[str] = []
        self.tight = pen.chance(30)

    def condition(self, depth: int = 2) -> str:
        form = self.pen.number(0, 9) if depth else 0
        if form <= 2:
            return self.test()
        if form <= 4:
            return f"not {self.bracketed(self.test())}"
        if form <= 6:
            return self.bracketed(self.condition(depth - 1))
        parts = [self.bracketed(self.condition(depth - 1)) for _ in range(self.pen.number(2, 3))]
        return self.pen.pick((" and ", " or ")).join(parts)

    def test(self) -> str:
        if self.lets and self.pen.chance(25):
            return self.pen.pick(self.lets)
        if self.pen.chance(15):
            where = self.pen.pick(INSIDE)
            inside = f"not ({where})" if self.pen.chance(40) else where
            return f"website.visited where ({inside}){self.pen.maybe(50, ' >= 2')}"
        return self.pen.pick(TESTS if self.pen.chance(30) else self.tests)

    def bracketed(self, text: str) -> str:
        return f"({text})" if self.pen.chance(70) or " " in text else text

    def text(self) -> str:
        written = ""
        for number in range(self.pen.number(0, 3)):
            written += self.pen.maybe(20, "# why\n") + f"let some{number} = {self.condition()}\n"
            self.lets.append(f"some{number}")
        written += f"{HEAD[:-1]}{self.pen.maybe(20, f' where ({self.condition(1)})')}\n"
        for number in range(self.pen.number(1, 5)):
            if self.pen.chance(20):
                bound = self.pen.pick(("", " at most 5", " at least 5"))
                written += f'  group "G{number}"{self.pen.maybe(40, " best only")}{bound}\n'
            written += f"  {self.rule()}{self.pen.maybe(15, '  # scoreline: ignore W248 (why)')}\n"
        if self.pen.chance(40):
            written += f'qualification Q\n  stage "One" when Fit > 3 and {self.bracketed(self.condition(1))}\n'
        return self.closer(written)

    def rule(self) -> str:
        if self.pen.chance(20):
            return self.pen.pick(self.rules)
        points = self.pen.pick(("+5", "-3", "+7", "+1", "disqualify"))
        return f"when {self.condition()} then {points}"

    def closer(self, text: str) -> str:
        """Without the white space that brackets make needless."""
        if not self.tight:
            return text
        for keyword in ("when", "and", "or", "not", "where", "="):
            text = text.replace(f"{keyword} (", f"{keyword}(")
        for keyword in ("then", "and", "or"):
            text = text.replace(f") {keyword}", f"){keyword}")
        return text


def written(seed: int) -> Mapping[str, str]:
    files = {"a.score": Writing(Pen(seed)).text()}
    return files if compiled(files).diagnostics == () else {}


def fixed(files: Mapping[str, str], safe: bool) -> Iterator[tuple[Diagnostic, str, Mapping[str, str]]]:
    for diagnostic in linted(files) if files else ():
        for fix in diagnostic.fixes:
            if not safe or fix.applicability is Applicability.SAFE:
                place = diagnostic.place
                yield diagnostic, fix.title, {**files, place.file: applied(place.source.text, fix)}


@FEWER
@given(SEEDS)
def test_every_fix_leaves_rules_without_an_error(seed: int):
    for diagnostic, title, after in fixed(written(seed), safe=False):
        assert compiled(after).diagnostics == (), (diagnostic.code, title, after["a.score"])


@FEWER
@given(SEEDS)
def test_every_safe_fix_leaves_each_score(seed: int):
    files = written(seed)
    assert SCHEMA is not None
    mended = list(fixed(files, safe=True))
    leads = [drawn_lead(Pen(seed + at), SCHEMA, dict(files)) for at in range(12 if mended else 0)]
    was = [outcome(from_texts(files, SCHEMA, "Europe/Berlin"), lead, TODAY) for lead in leads]
    for diagnostic, title, after in mended:
        rules = from_texts(after, SCHEMA, "Europe/Berlin")
        assert [outcome(rules, lead, TODAY) for lead in leads] == was, (diagnostic.code, title, after["a.score"])
