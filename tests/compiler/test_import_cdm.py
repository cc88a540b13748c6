"""The Common Data Model: layers, options with labels, interactions; in files of our own, and in Microsoft's."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scoreline.compiler.folding import fold
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.cdm import read_cdm
from scoreline.compiler.schema.imports.described import ImportUnusable, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.sources import imported as imported_files
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source

REAL = Path(__file__).parents[3] / "shared" / "data" / "cdm" / "schemaDocuments"
real = pytest.mark.skipif(
    not REAL.exists(), reason="Microsoft's files are not ours to pass on, and ../shared/data/cdm is absent here"
)
CRM = "core/applicationCommon/foundationCommon/crmCommon"
KEY = {"name": "leadId", "sourceName": "leadid", "dataType": "entityId", "purpose": "identifiedBy"}


WHO = (
    "left out: `EntityId` is a lead's or a contact's key, as `EntityName` tells: put it into `LeadId` or `ContactId` "
    "in the data, and add the interaction by hand"
)


def entity(name: str, *members: object, **more: object) -> dict[str, object]:
    return {"entityName": name, "extendsEntity": "CdmEntity", "hasAttributes": list(members), **more}


def imported(*definitions: object, labels: bool = False) -> tuple[Schema, tuple[Remark, ...]]:
    documents = [JsonDocument(f"{n}.cdm.json", {"definitions": [each]}) for n, each in enumerate(definitions)]
    return assembled(read_cdm(documents), labels=labels)


def field(**told: object) -> tuple[dict[str, object] | None, list[str]]:
    schema, remarks = imported(entity("Lead", KEY, {"name": "x", **told}))
    spec = schema.lead.fields.get("x")
    return spec and spec.model_dump(exclude_defaults=True), [each.why for each in remarks]


def lookup(*rows: list[str], kind: str = "listLookup", argument: str | None = None) -> dict[str, object]:
    table = {"entityReference": {"entityShape": "listLookupValues", "constantValues": list(rows)}}
    given = table if argument is None else {"name": argument, "value": table}
    trait = {"traitReference": "does.haveDefault", "arguments": [given]}
    return {"dataTypeReference": kind, "appliedTraits": ["means.something", trait]}


def reference(member: str, to: object, **key: object) -> dict[str, object]:
    guidance = {"entityByReference": {"foreignKeyAttribute": key}}
    return {"name": member, "entity": {"entityReference": to}, "resolutionGuidance": guidance}


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("string", "text"), ("guid", "text"), ("email", "text"), ("localizedDisplayText", "text"),
        ("currency", "number"), ("bigInteger", "number"), ("boolean", "yes/no"), ("date", "date"),
        ("birthDate", "date"), ("dateTime", "datetime"), ("dateTimeOffset", "datetime"),
        ({"dataTypeReference": "name"}, "text"),
    ],
)  # fmt: skip
def test_types_are_mapped(type_: object, expected: str) -> None:
    assert field(dataType=type_) == ({"type": expected}, [])


def test_a_type_that_a_file_defines_is_what_it_extends() -> None:
    types: list[dict[str, Any]] = [
        {"dataTypeName": "points", "extendsDataType": {"dataTypeReference": "smallInteger"}},
        {"dataTypeName": "stars", "extendsDataType": "points"},
        {"dataTypeName": "loop", "extendsDataType": "loop"},
    ]
    lead = entity("Lead", KEY, {"name": "a", "dataType": "stars"}, {"name": "b", "dataType": "loop"})
    schema, [remark] = imported(lead, *types)
    assert schema.lead.fields == {"a": FieldSpec(type="number")}
    assert (remark.what, remark.why) == ("lead.b", "left out: its type `loop` is not known")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"dataType": "image"}, "left out: it holds a picture, which rules cannot compare"),
        ({"dataType": "time"}, "left out: it holds a time of day, which rules cannot compare"),
        ({"dataType": 3}, "left out: the file does not say what it holds"),
        ({}, "left out: the file does not say what it holds"),
    ],
)
def test_what_cannot_be_compared_is_told(told: dict[str, object], why: str) -> None:
    assert field(**told) == (None, [why])


def test_options_have_values_and_labels_in_the_order_of_display() -> None:
    rows = [["de", "Kalt", "3", "2"], ["en", "Cold", "3", "2"], ["en", "Hot", "1", "0"], ["en", "Warm", "2", "1"]]
    expected = {"type": "choice", "values": ("1", "2", "3"), "labels": {"1": "Hot", "2": "Warm", "3": "Cold"}}
    assert field(dataType=lookup(*rows)) == (expected, [])
    assert field(dataType=lookup(*rows, argument="default", kind="listLookupCorrelated")) == (expected, [])
    assert field(dataType=lookup(*rows, kind="listLookupMultiple")) == ({**expected, "type": "choices"}, [])
    resolved = [{"languageTag": "en", "displayText": "Hot", "attributeValue": 1, "displayOrder": 0}]
    assert field(dataType="listLookup", defaultValue=resolved) == (
        {"type": "choice", "values": ("1",), "labels": {"1": "Hot"}}, [],
    )  # fmt: skip


def test_the_first_language_counts_where_there_is_no_english() -> None:
    found, _ = field(dataType=lookup(["de", "Heiß", "1", "0"], ["fr", "Chaud", "1", "0"]))
    assert found is not None
    assert found["labels"] == {"1": "Heiß"}


def test_a_value_without_an_english_text_keeps_the_one_it_has() -> None:
    rows = [["en", "Cold", "30", "2"], ["de", "Heiß", "10", "0"], ["en", "", "20", "1"], ["de", "Warm", "20", "1"]]
    found, told = field(dataType=lookup(*rows))
    assert found is not None
    assert (found["labels"], told) == ({"10": "Heiß", "20": "Warm", "30": "Cold"}, [])


def test_english_may_be_written_in_capitals_or_with_its_country() -> None:
    rows = [["de", "Kalt", "1"], ["EN", "Cold", "1"], ["de", "Heiß", "2"], ["en-US", "Hot", "2"]]
    found, told = field(dataType=lookup(*rows))
    assert found is not None
    assert (found["labels"], told) == ({"1": "Cold", "2": "Hot"}, [])


def test_a_row_without_a_value_is_told() -> None:
    rows = [["en", "Cold", "30", "2"], ["en", "Warm"], ["en"], []]
    assert field(dataType=lookup(*rows)) == (
        {"type": "choice", "values": ("30",), "labels": {"30": "Cold"}},
        ["without `Warm`, for which the file has no value", "without a row that has no value"],
    )


def test_labels_that_mean_two_values_are_told_and_left_away() -> None:
    rows = [["en", "Other", "1", "0"], ["en", "other", "2", "1"], ["en", "1", "3", "2"]]
    assert field(dataType=lookup(*rows)) == (
        {"type": "choice", "values": ("1", "2", "3"), "labels": {"1": "Other"}},
        [
            "`2` goes without its label `other`, which means `1` as well",
            "`3` goes without its label `1`, which means `1` as well",
        ],
    )


def test_a_list_without_options_is_a_text() -> None:
    why = "taken as a text: the file lists none of the values that can be chosen"
    assert field(dataType="listLookup") == ({"type": "text"}, [why])


def test_titles_ranges_and_needs_are_kept() -> None:
    trait = {"traitReference": "is.requiredAtLevel", "arguments": [{"name": "level", "value": "systemrequired"}]}
    shown = {
        "traitReference": "is.localized.displayedAs",
        "arguments": [{"entityReference": {"constantValues": [["en", " A\ntitle "]]}}],
    }
    found, _ = field(dataType="decimal", minimumValue="0.5", maximumValue="1E3", appliedTraits=["x", trait, shown])
    assert found == {"type": "number", "title": "A title", "required": True, "min": 0.5, "max": 1000}
    found, _ = field(dataType="timezone", minimumValue="-5", maximumValue="5", displayName="Offset")
    assert found == {"type": "number", "title": "Offset", "min": -5, "max": 5}
    found, _ = field(dataType="integer", minimumValue="few", maximumValue="Infinity")
    assert found == {"type": "number"}


def test_layers_of_one_table_are_put_together() -> None:
    base = entity("Standard", {"name": "createdOn", "sourceName": "createdon", "dataType": "dateTime"})
    root = entity("Lead", KEY, {"name": "a", "dataType": "string"}, extendsEntity="Standard")
    added = entity(
        "Lead",
        {"name": "A", "dataType": "integer"},
        {"name": "b", "dataType": "boolean"},
        extendsEntity="base_Lead/Lead",
    )
    schema, remarks = imported(added, root, base)
    assert remarks == ()
    assert {name: spec.type for name, spec in schema.lead.fields.items()} == {
        "created_on": "datetime", "a": "number", "b": "yes/no",
    }  # fmt: skip


def test_of_a_column_that_one_layer_describes_in_two_ways_the_first_counts_and_that_is_told() -> None:
    lead = entity("Lead", KEY, {"name": "r", "dataType": "string"}, {"name": "R", "dataType": "integer"})
    schema, [remark] = imported(lead)
    assert schema.lead.fields == {"r": FieldSpec(type="text")}
    assert (remark.what, remark.why) == (
        "lead.R",
        "left out: it is described twice (upper and lower case make no difference), and the first one counts",
    )


def test_a_name_with_half_a_character_is_told() -> None:
    schema, [remark] = imported(entity("Lead", KEY, {"name": "r\ud800", "dataType": "string"}))
    assert schema.lead.fields == {}
    assert remark.why == "left out: its name has half a character in it, which no file can hold"


def test_a_layer_adds_values_to_a_choice_and_may_call_one_otherwise() -> None:
    root = entity(
        "Lead", KEY, {"name": "source", "dataType": lookup(["en", "Web", "8", "1"], ["en", "Fair", "7", "0"])}
    )
    added = entity("Lead", {"name": "source", "dataType": lookup(["en", "Landing page", "900", "0"])})
    renamed = entity("Lead", {"name": "Source", "dataType": lookup(["en", "Website", "8", "0"])})
    silent = entity("Lead", {"name": "source", "dataType": "listLookup"})
    schema, remarks = imported(root, added, renamed, silent)
    assert remarks == ()
    assert schema.lead.fields["source"].labels == {"7": "Fair", "8": "Website", "900": "Landing page"}


@pytest.mark.parametrize("base", ["CdsStandard", "base_Lead/Lead", {"entityReference": "CdsStandard"}])
def test_a_base_that_is_not_there_is_told(base: object) -> None:
    _, [remark] = imported(entity("Lead", KEY, extendsEntity=base))
    assert remark.what == "lead"
    assert remark.why.endswith(
        "which none of the files defines, so that its fields are missing: name its file or folder too"
    )


def test_circles_end() -> None:
    schema, _ = imported(
        entity("Lead", KEY, "g", extendsEntity="Other"),
        entity("Other", extendsEntity="Lead"),
        {"attributeGroupName": "g", "members": ["g", {"name": "x", "dataType": "string"}]},
    )
    assert list(schema.lead.fields) == ["x"]


def test_groups_and_bases_that_branch_and_branch_again_are_opened_once() -> None:
    groups = [{"attributeGroupName": f"g{n}", "members": [f"g{n + 1}"] * 9} for n in range(15)]
    last = {"attributeGroupName": "g15", "members": [{"name": "x", "dataType": "string"}]}
    bases = [entity(f"E{n}", extendsEntity=f"E{n + 1}") for n in range(40) for _ in range(3)]
    schema, remarks = imported(entity("Lead", KEY, "g0", extendsEntity="E0"), *groups, last, *bases, entity("E40"))
    assert (list(schema.lead.fields), remarks) == (["x"], ())


def test_references_are_columns_and_the_contact_a_relation() -> None:
    lead = entity(
        "Lead",
        KEY,
        reference("origin", "Contact", name="id", sourceName="originid", dataType="entityId"),
        reference("parentContact", "Contact", name="id", sourceName="parentcontactid", dataType="entityId"),
        reference("campaign", "Campaign", name="id"),
        reference("owner", {"entityName": "Owner"}, name="ownerId", sourceName="ownerid", dataType="entityId"),
        {"name": "lost", "entity": {"entityReference": "Lost"}},
    )
    schema, remarks = imported(lead, entity("Contact", {**KEY, "name": "contactId", "sourceName": "contactid"}))
    assert {name: spec.column or name for name, spec in schema.lead.fields.items()} == {
        "origin_id": "originid", "parent_contact_id": "parentcontactid", "campaign_id": "campaignId",
        "owner_id": "ownerid",
    }  # fmt: skip
    assert schema.lead.relations["contact"].column == "parentcontactid"
    assert [(each.what, each.why) for each in remarks] == [
        ("lead.lost", "left out: it leads to `Lost`, and no column is named for it")
    ]


def test_interactions_are_what_has_a_time_and_belongs_to_somebody() -> None:
    time, own = {"name": "Timestamp", "dataType": "dateTime"}, {"name": "LeadId", "dataType": "guid"}
    schema, remarks = imported(
        entity("Lead", KEY),
        entity(
            "WebPageVisited",
            time,
            own,
            {"name": "InteractionType", "dataType": "string"},
            {"name": "pageURL", "dataType": "url"},
        ),
        entity("Nobodys", time),
        entity(
            "SmsReceived", time, {"name": "EntityId", "dataType": "guid"}, {"name": "EntityName", "dataType": "string"}
        ),
        entity("Account", own),
        entity("Team"),
    )
    [(name, interaction)] = schema.interactions.items()
    assert (name, interaction.title, {n: p.column for n, p in interaction.properties.items()}) == (
        "WebPageVisited", "Web page visited", {"page_url": "pageURL"},
    )  # fmt: skip
    assert schema.interactions_table.model_dump() == {
        "type": "InteractionType", "at": "Timestamp", "lead_id": "LeadId", "contact_id": "ContactId",
        "id": "InternalMarketingInteractionId",
    }  # fmt: skip
    assert [(each.what, each.why) for each in remarks] == [
        ("SmsReceived", WHO),
        ("Nobodys", "left out: without `LeadId` and `ContactId` nobody has done it"),
        ("Account, Team", "left out: neither a lead, a contact nor an interaction"),
    ]


def test_without_a_lead_there_is_nothing_to_import() -> None:
    with pytest.raises(ImportUnusable, match="there is no entity `Lead` in the files that were named"):
        imported(entity("Contact", KEY))
    with pytest.raises(ImportUnusable, match="there is no Common Data Model entity in the files that were named"):
        read_cdm([JsonDocument("x.cdm.json", [3]), JsonDocument("y.cdm.json", {"definitions": 3})])


# Microsoft's own files


@real
def test_the_lead_the_contact_and_the_journeys_of_dynamics() -> None:
    common = [REAL / "core" / name for name in ("cdsConcepts.cdm.json", "wellKnownCDSAttributeGroups.cdm.json")]
    paths = [
        REAL / CRM / "Lead.cdm.json",
        REAL / "core/applicationCommon/Contact.cdm.json",
        REAL / "CustomerInsightsJourneys",
        *common,
    ]
    found = imported_files("cdm", paths)
    read, wrong = read_schema(Source("crm.schema.toml", found.toml))
    assert wrong == ()
    assert read == found.schema
    lead = found.schema.lead
    assert (lead.key, lead.relations["contact"].column) == ("leadid", "parentcontactid")
    assert len(lead.fields) > 140
    assert dict(lead.fields["lead_quality_code"].labels) == {"1": "Hot", "2": "Warm", "3": "Cold"}
    assert lead.fields["created_on"].type == "datetime"
    assert len(found.schema.contact_fields) > 110
    assert len(found.schema.interactions) == 85
    told = ", ".join(each.what for each in found.remarks)
    kinds = sorted((REAL / "CustomerInsightsJourneys").glob("*.cdm.json"))
    kinds = [path for path in kinds if not path.name.endswith("manifest.cdm.json")]
    left = [
        path.name
        for path in kinds
        if path.stem.partition(".")[0] not in told.lower() + "," + ",".join(found.schema.interactions).lower()
    ]
    assert left == []
    assert len(found.remarks) <= 4


@real
def test_the_whole_model_at_once() -> None:
    found = imported_files("cdm", [REAL])
    read, wrong = read_schema(Source("crm.schema.toml", found.toml))
    assert wrong == ()
    assert read == found.schema
    assert len(found.schema.lead.fields) > 200


def options(schema: Schema, rows: Iterable[dict[str, str]]) -> Iterator[tuple[FieldSpec, str, str]]:
    """The field, the value and the label of each row that is about a choice of the lead or the contact."""
    both = {"Lead": schema.lead.fields, "Contact": schema.contact_fields}
    fields = {(entity, fold(each.column or name)): each for entity, of in both.items() for name, each in of.items()}
    for row in rows:
        field = fields.get((row["entity"], fold(row["attribute"])))
        if field is not None and field.values and row["v0"] == "en" and row["v2"]:
            yield field, row["v2"], row["v1"]


@real
def test_every_option_comes_over_with_its_label() -> None:
    """Against a table of them that was drawn out of the same files by other means."""
    with (REAL.parent / "option_sets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = (f"{CRM}/Lead.cdm.json", "core/applicationCommon/Contact.cdm.json")
    core = imported_files("cdm", [REAL / name for name in names]).schema
    found = list(options(core, [row for row in rows if row["file"] in names]))
    assert len(found) > 100
    assert [each for field, value, label in found if field.labels[value] != label for each in (field, value)] == []
    whole = imported_files("cdm", [REAL]).schema
    assert [value for field, value, _ in options(whole, rows) if value not in field.values] == []
