"""Drawn large models: very many rules about few fields, as an index of rules wants them, in all that a rule can be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from .drawn_conditions import condition, count_test
from .drawn_data import draw_lead
from .drawn_fields import Scope, field_test, other_case, text_literal
from .drawn_rules import drawn_grades, for_each, group_bounds, points
from .drawn_schema import DrawnSchema, Field, draw_schema
from .drawn_time import DURATIONS, draw_moment
from .pen import Pen
from .strategies import DrawnProject

MAIL = ("ada@sales.example", "ada@work@b.example", "ada@b.example", "Bob@SALES.example", "ß@b.example", "nobody")
DOMAINS = ("@sales.example", "@b.example", "@example", "@SALES.EXAMPLE", "@ß.de", "@b.example ")
LOOKS = ("contains", "contains any of", "contains all of", "starts with", "ends with", "ends with any of")

Form = Callable[["Large"], str]


class Large:
    """What the rules of one large model are drawn from: few fields, and a favourite among them."""

    def __init__(self, pen: Pen, scope: Scope) -> None:
        self.pen = pen
        self.texts = [field for field in scope.fields if field.type == "text"]
        self.mail = pen.pick(self.texts) if pen.chance(60) else None  # of its end, rules ask for domains only
        self.scope = replace(scope, fields=tuple(field for field in scope.fields if field != self.mail) or scope.fields)
        self.favourite = pen.pick(self.scope.fields)

    def test(self) -> str:
        """A test of the favourite, or of any of the few."""
        field = self.favourite if self.pen.chance(40) else self.pen.pick(self.scope.fields)
        return field_test(self.pen, field, self.scope)

    def look(self) -> str:
        """A look into a text for pieces of what it may hold."""
        field, how = self.pen.pick(self.texts), self.pen.pick(LOOKS)
        if field == self.mail and how.startswith("ends"):
            pieces = self.pen.some(DOMAINS, 1, 3)
        else:
            pieces = [self._piece(str(self.pen.pick(field.pool))) for _ in range(self.pen.number(1, 4))]
        written = [text_literal(other_case(self.pen, piece)) for piece in pieces]
        argument = f"[{', '.join(written)}]" if how.endswith("of") else written[0]
        return f"{field.path} {how} {argument}"

    def _piece(self, text: str) -> str:
        start = self.pen.number(0, max(len(text) - 3, 0))
        piece = text[start : start + self.pen.pick((1, 2, 3, 4, 6, 9, 20))]
        return piece if piece.strip() else text

    def count(self) -> str:
        """A test of how often something happened."""
        return count_test(self.pen, self.scope)

    def joined(self, sign: str, most: int) -> str:
        """Several tests, now and then one that nests or is negated."""
        forms: Sequence[Form] = (Large.test, Large.test, Large.look, Large.count, Large.nested)
        return sign.join(f"({self.pen.pick(forms)(self)})" for _ in range(self.pen.number(2, most)))

    def nested(self) -> str:
        """Anything that a condition can be."""
        return condition(self.pen, self.scope, 2)

    def rule(self, number: int) -> str:
        """One rule; every other one asks about one thing only, which is what a table is for."""
        pen = self.pen
        label = pen.maybe(15, f" as {text_literal(f'Rule {number}')}")
        if self.scope.happenings and pen.chance(6):
            return f"  {for_each(pen, self.scope)}{label}\n"
        forms: Sequence[Form] = (
            *(Large.test,) * 4,
            *(Large.look,) * 3,
            *(Large.count,) * 2,
            *(lambda large: large.joined(" and ", 3),) * 2,
            *(lambda large: large.joined(" or ", 4),) * 2,
            lambda large: large.joined(" or ", 10),
            Large.nested,
        )
        negated = "not " if pen.chance(8) else ""
        outcome = "disqualify" if pen.chance(2) else points(pen)
        return f"  when {negated}({pen.pick(forms)(self)}) then {outcome}{label}\n"


def draw_large(seed: int, rules: tuple[int, int] = (40, 150), leads: int = 8) -> DrawnProject:
    """A project of one model with so many rules, and leads for it."""
    pen = Pen(seed)
    moment = draw_moment(pen)
    moment = replace(moment, durations=(*moment.durations, *pen.some(DURATIONS, 1, 3)))
    schema = _with_mail(draw_schema(pen, moment))
    few = pen.some(schema.fields, 2, 7)
    few.append(pen.pick([field for field in schema.lead if field.type == "text" and field not in few] or few))
    if all(field.type != "text" for field in few):
        few.append(schema.lead[0])
    names = pen.some(list(schema.happenings), 1, 2)
    scope = Scope(moment, tuple(few), {name: schema.happenings[name] for name in names})
    text = _model(pen, scope, schema, pen.number(*rules))
    drawn = tuple(draw_lead(pen, schema, {}, moment) for _ in range(leads))
    return DrawnProject(schema.toml, {"large.score": text}, moment.zone, moment.as_of, drawn)


def large_projects() -> st.SearchStrategy[DrawnProject]:
    """Projects of one large model."""
    return st.integers(0, 2**24 - 1).map(draw_large)


def _with_mail(schema: DrawnSchema) -> DrawnSchema:
    """The schema with addresses of mail among the texts of the lead."""

    def roomier(field: Field) -> Field:
        return replace(field, pool=(*field.pool, *MAIL)) if field.type == "text" else field

    return replace(schema, lead=tuple(map(roomier, schema.lead)))


def _model(pen: Pen, scope: Scope, schema: DrawnSchema, rules: int) -> str:
    large = Large(pen, scope)
    audience = f" where ({condition(pen, scope, 1)})" if pen.chance(10) else ""
    text = f"model Large for lead{audience}\n"
    if schema.contact is not None and pen.chance(40):
        text += f"  include {schema.relation} interactions\n"
    if pen.chance(30):
        text += "  score between -100 and 1000\n"
    text += "".join(f"  grade {text_literal(grade)} {bound}\n" for grade, bound in drawn_grades(pen))
    for number in range(rules):
        if pen.chance(10):
            title = text_literal(f"Group {number}")
            text += f"  group {title}{pen.maybe(25, ' best only')}{group_bounds(pen)}\n"
        elif pen.chance(5):
            text += "  group none\n"
        text += large.rule(number)
    return text
