"""Each notation, in each engine, against the exact reader: whatever an engine reads by itself, Python reads alike."""

import datetime
import functools
import math
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb
import pytest
from scoreline.compiler.backends.query import terms
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema import FieldSpec
from scoreline.runtime.table.admit.cells import Cells
from scoreline.runtime.table.admit.engine_terms import DUCKDB, SPARK, constant, printed
from scoreline.runtime.table.admit.notations import NOTATIONS
from scoreline.runtime.table.admit.readings import ColumnReading, field_reading, key_reading
from scoreline.runtime.table.read.queries import select, table

from . import admission_pools as pools

if TYPE_CHECKING:
    from databases.spark_database import SparkDatabase

TEXTS = tuple(dict.fromkeys(each for each in pools.ALL if "\0" not in each))
ZONES = tuple(map(ZoneInfo, ("UTC", "Europe/Berlin", "America/Havana", "Africa/Monrovia", "Asia/Kolkata")))
SPECS = {
    "text": FieldSpec(type="text"),
    "text, words": FieldSpec(type="text", missing=("n/a", "SELECT", "İ"), default="nobody"),
    "text, required": FieldSpec(type="text", required=True),
    "number": FieldSpec(type="number"),
    "number, bounds": FieldSpec(type="number", min=-1, max=100.5, required=True),
    "number, words": FieldSpec(type="number", missing=("7", "inf", "2.50"), default=5),
    "yes/no": FieldSpec(type="yes/no"),
    "yes/no, words": FieldSpec(type="yes/no", missing=("t", "true"), default=False),
    "date": FieldSpec(type="date"),
    "date, words": FieldSpec(type="date", missing=("1900-01-01",), default=datetime.date(2020, 1, 1)),
    "datetime": FieldSpec(type="datetime"),
    "datetime, words": FieldSpec(type="datetime", missing=("1900-01-01", "2026-01-31T12:00:00Z"), required=True),
    "choice": FieldSpec(type="choice", values=("Software", "Fi|nance", "select", "x", "7"), missing=("Select",)),
    "choices": FieldSpec(type="choices", values=("AI", "x"), default=("x",)),
    "key": None,
}


def reading_of(name, zone):
    spec = SPECS[name]
    return key_reading(zone) if spec is None else field_reading("column", spec, zone, "|")


@functools.cache
def expected(name, zone):
    """What the exact reader makes of each text: the value as engines have it, and whether it is reported."""
    reading = reading_of(name, zone)
    found = {}
    for text in TEXTS:
        known, problems = reading.read(text)
        if reading.held == "DATE" and known is not None:
            known = datetime.date.fromordinal(known)
        if reading.held == "TIMESTAMPNTZ" and known is not None:
            known = as_datetime(known).replace(tzinfo=None)
        found[text] = (known, bool(problems))
    return found


def query(name, zone, engine, source):
    """The texts that an engine reads by itself, and their values."""
    read = ColumnReading(reading_of(name, zone), Cells("text", terms.column("c")), engine)
    return printed(select([terms.column("c"), read.is_quick(missing=True), read.value()], source), engine)


def compare(name, zone, rows):
    """Compares what is read; gives how many texts an engine has read."""
    quick = [(text, value) for text, is_quick, value in rows if is_quick]
    for text, value in quick:
        assert (value, False) == expected(name, zone)[text], (name, zone.key, text)
    return len(quick)


@pytest.mark.parametrize("name", SPECS)
def test_duckdb_reads_texts_as_python_does(name):
    with duckdb.connect() as base:
        base.execute("create table t (c varchar)")
        base.executemany("insert into t values (?)", [[text] for text in TEXTS])
        for zone in ZONES:
            rows = base.execute(query(name, zone, DUCKDB, table("t"))).fetchall()
            assert compare(name, zone, rows) or name in ("yes/no, words", "choices")


def test_spark_reads_texts_as_python_does(spark: "SparkDatabase"):
    session = spark.session
    session.createDataFrame([(text,) for text in TEXTS], "c string").createOrReplaceTempView("notations")
    for name in SPECS:
        for zone in ZONES[:3] if "datetime" in name else ZONES[:1]:
            found = session.sql(query(name, zone, SPARK, table("notations"))).collect()
            assert compare(name, zone, map(tuple, found)) or name in ("yes/no, words", "choices")


def test_a_notation_has_one_entry():
    assert len({each.name for each in NOTATIONS}) == len(NOTATIONS)


@pytest.mark.parametrize("value", ["it's", 'a "b" \\ \n', "", "x\0y", "\0", -5, 2**60, 0.1, 1e300, -0.5, True])
def test_a_constant_is_its_value(value):
    with duckdb.connect() as base:
        (found,) = base.execute("select " + printed(constant(value), DUCKDB)).fetchone()
    assert found == value and math.copysign(1, found) == math.copysign(1, value) if type(value) is float else True
    assert found == value
