"""Known values as people read them."""

import datetime

from scoreline.compiler.instants import as_datetime
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.labels import label_of
from scoreline.compiler.values import Known


def known_text(known: Known, spec: FieldSpec, zone: datetime.tzinfo) -> str:
    """A value as text: a choice by its label, whole numbers without a point, dates and times in the project's zone."""
    match known:
        case bool():
            return "yes" if known else "no"
        case float():
            return number_text(known)
        case int() if spec.type == "date":
            return datetime.date.fromordinal(known).isoformat()
        case int():
            return as_datetime(known).astimezone(zone).replace(tzinfo=None).isoformat(" ", "minutes")
        case tuple():
            return ", ".join(label_of(spec, value) for value in known)
        case _:
            return label_of(spec, known)


def number_text(number: float) -> str:
    """A number without a needless `.0`."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
