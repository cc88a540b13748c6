"""The shape of `scoreline.toml`, as it is written."""

from pydantic import Field
from scoreline.compiler.schema.fields import TomlTable

MOST_TESTS = 10


class ProjectTable(TomlTable):
    """`[project]`: where the rules and the schema are, and in which time zone days begin."""

    rules: tuple[str, ...] | None = Field(default=None, description="Files ending in `.score`, or folders of them.")
    schema_path: str | None = Field(default=None, validation_alias="schema", description="The schema file.")
    timezone: str = Field(default="UTC", description="An IANA time zone, such as `Europe/Berlin`.")
    channels: tuple[str, ...] | None = Field(default=None, description="The channels that `notify` may name.")


class DataTable(TomlTable):
    """`[data]`: the files that commands read if a call names no others."""

    leads: str | None = None
    contacts: str | None = None
    interactions: str | None = None


class LintTable(TomlTable):
    """`[lint]`: which codes the linter ignores, and facts that the rules do not show."""

    ignore: tuple[str, ...] = ()
    baseline: str | None = Field(default=None, description="A file of old findings, which do not count.")
    kept_days: int | None = Field(
        default=None, validation_alias="data-kept-days", description="For how many days interactions are kept."
    )
    most_tests: int = Field(
        default=MOST_TESTS, validation_alias="most-tests", description="How many tests one condition may join."
    )
