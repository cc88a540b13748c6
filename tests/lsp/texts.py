"""The texts of a small project, and texts with a cursor in them."""

from lsprotocol import types
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.sampling import SampleCounts

PROJECT = """[project]
rules = ["rules"]
schema = "crm.schema.toml"
channels = ["sales", "automation"]

[data]
leads = "leads.csv"
"""
SCHEMA = """[lead]
key = "lead_id"
unit = "business_unit"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
business_unit = { type = "choice", values = ["EMEA", "Americas"] }
industry = { type = "choice", values = ["Software", "Finance"], labels = { Finance = "Banks" }, title = "Industry" }
employees = { type = "number", min = 0 }
newsletter = { type = "yes/no", default = false }
created_on = "datetime"
[contact]
key = "contact_id"
[contact.fields]
job_title = "text"
[interactions."email.opened"]
title = "Email opened"
properties = { campaign = "text" }
[interactions."email.clicked"]
properties = { link = "text" }
"""
FIT = """use "../shared/regions.score"

model Fit "Ideal customer" for lead
  score between 0 and 100

  when newsletter then +5 as "Newsletter"

  group "Company" at most 50
    when industry in ["Software", "Finance"] then +20 as "Core industry"
    when big                                 then +15 as "Big"

  grade "A" from 20
  grade "B" otherwise
"""
STORY = """qualification B2B for unit "EMEA"
  stage "Ready" when Fit >= 20
    then notify "sales"

example "a big one"
  given employees is 900
  given business_unit is "EMEA"
  expect Fit is 15 and Fit.grade is "B"
  expect Fit.rules contains "big"
"""
REGIONS = "# What is big\nlet big = employees >= 500\n"
LEADS = "lead_id,business_unit,industry,employees,newsletter\n1,EMEA,Software,900,yes\n2,EMEA,Finance,10,no\n"


def counted(here: DocumentView, **counts: int) -> SampleCounts:
    """How often each rule of a view fired for two leads, by its label in one word; the others for none."""
    rules = [(model.name, rule) for model in here.view.statements.models for rule in model.rules]
    return SampleCounts(2, {(model, rule.place.text): counts.get(rule.label or "", 0) for model, rule in rules})


def split(text: str) -> tuple[str, types.Position]:
    """A text without its `|`, and where that stood, as editors count."""
    before, _, after = text.partition("|")
    *above, line = before.split("\n")
    return before + after, types.Position(len(above), len(line.encode("utf-16-le")) // 2)
