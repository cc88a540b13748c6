"""Conditions that the linter takes for the same fire together: all that its cases are made of, also negated, and with
their parts in another order."""

from collections import defaultdict

from lint.linting import SCHEMA, compiled
from properties.test_fixes_of_lints import HEAD, pieces
from properties.test_safe_fixes import TODAY, drawn_lead
from reference.pen import Pen
from scoreline.runtime import from_texts
from scoreline.tools.lint.meanings import Meanings

MORE = (
    "email.opened >= 1", "email.opened > 0", "email.opened is not 0", "no email.opened", "email.opened <= 0",
    "email.opened < 1", "email.opened in [0]", "email.opened > 1.5", "email.opened >= 2", "email.opened not in [0]",
    "email.opened + email.clicked > 1", "email.clicked + email.opened >= 2", "2 * email.opened >= 2",
    "email.opened + email.opened >= 2", "0 * email.opened + email.clicked >= 1", "email.clicked >= 1",
    "-1 * email.opened > -1", "-1 * email.opened >= 0",
    "employees > 2", "employees >= 3", "employees between 3 and 5", "employees >= 3 and employees <= 5",
    "newsletter is not no", "newsletter is yes", "newsletter", "not newsletter", "newsletter is no",
    'website.visited where (page is "x" and seconds > 5)', 'website.visited where (seconds > 5 and page is "x") >= 1',
    'website.visited where (not (seconds <= 5 or page is not "x"))',
    "newsletter and (employees > 2 and email.opened)", "email.opened and employees > 2 and newsletter",
    "newsletter or (employees > 2 and email.opened)", "(newsletter or employees > 2) and email.opened",
)  # fmt: skip


def test_what_has_one_meaning_fires_together():
    found = [*dict.fromkeys((*MORE, *pieces()[0]))]
    asked = [each for test in found for each in (test, f"not ({test})", f"not (not ({test}))")]
    text = HEAD + "".join(f"  when {each} then +1\n" for each in asked)
    checked = compiled({"a.score": text})
    assert checked.diagnostics == () and SCHEMA is not None
    (model,) = checked.statements.models
    meanings, alike = Meanings(), defaultdict[object, list[int]](list)
    for rule in model.rules:
        alike[meanings.asked(rule)].append(rule.number)
    assert sum(len(each) > 1 for each in alike.values()) > len(found) // 2
    rules = from_texts({"a.score": text}, SCHEMA, "Europe/Berlin")
    for seed in range(60):
        lead = drawn_lead(Pen(seed), SCHEMA, {"a.score": text})
        told = rules.score(lead.lead, contact=lead.contact, interactions=lead.interactions, as_of=TODAY)
        fired = {int(each.rsplit("/", 1)[-1]) for each in told.models["Fit"].rules}
        for numbers in alike.values():
            assert len({number in fired for number in numbers}) == 1, [asked[number - 1] for number in numbers]
