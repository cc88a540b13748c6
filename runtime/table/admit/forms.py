"""The forms in which values are read by SQL: those that it surely reads as the readers of `compiler/values/` do.

A form is a condition and the value where it holds. What fits no form is left to the exact reader (`leftovers.py`), so
a form may be narrow and must not be wrong; where a field has words for a missing value, what may be one of them fits
none. A choice has no form: its values are few.
"""

import math
import sys
from zoneinfo import ZoneInfo

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema import FieldSpec
from scoreline.runtime.table.admit import moments
from scoreline.runtime.table.admit.cells import Cells, Form
from scoreline.runtime.table.admit.words import listed, literal, trimmed

_NUMBER = literal(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_WHOLE = literal("-?[1-9][0-9]{0,17}|0")
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_EXACT = 2**53


def forms(spec: FieldSpec, zone: ZoneInfo, cells: Cells) -> list[Form]:
    """The forms of a field in a column."""
    placeholders = tuple(fold(trim(word)) for word in spec.missing)
    match spec.type:
        case "text":
            return _texts(cells, placeholders, spec.required and spec.default is None)
        case "number":
            return _numbers(spec, cells, placeholders)
        case "yes/no":
            return [Form("true", cells.raw)] if cells.type == "BOOLEAN" and not placeholders else []
        case "date":
            return moments.dates(cells, placeholders)
        case "datetime":
            return moments.datetimes(cells, placeholders, zone)
        case "choice" | "choices":
            return []


def key_forms(cells: Cells) -> list[Form]:
    """The forms of a key."""
    raw = cells.raw
    if cells.beside is not None:
        whole = Form(f"regexp_full_match({cells.beside}, {_WHOLE})", cells.beside)
        return [Form(f"{raw} is not null", trimmed(raw)), whole]
    if cells.is_text:
        return [Form(f"{cells.fetched} is not null", trimmed(cells.fetched))]
    if cells.type in _INTEGERS:
        return [Form("true", f"cast({raw} as varchar)")]
    if cells.type in ("FLOAT", "DOUBLE"):
        return [Form(f"abs({raw}) < {_EXACT} and {raw} = trunc({raw})", f"cast(cast({raw} as bigint) as varchar)")]
    return []


def _texts(cells: Cells, placeholders: tuple[str, ...], needed: bool) -> list[Form]:
    if cells.is_text:
        value = trimmed(cells.fetched)
        holds = [f"{cells.fetched} is not null"]
        if placeholders:
            lengths = sorted({len(word) for word in placeholders})
            ascii_only = f"strlen({value}) = length({value})"
            other = f"lower({value}) not in ({listed(placeholders)})"
            holds.append(f"(length({value}) not in ({listed(lengths)}) or ({ascii_only} and {other}))")
        if needed:
            holds.append(f"({value}) is not null")
        return [Form(" and ".join(holds), value)]
    if cells.type in _INTEGERS and not placeholders:
        return [Form("true", f"cast({cells.raw} as varchar)")]
    return []


def _numbers(spec: FieldSpec, cells: Cells, placeholders: tuple[str, ...]) -> list[Form]:
    bounds = _Bounds(spec, placeholders)
    if cells.is_text:
        texts = [cells.fetched] if cells.beside is None else [cells.fetched, cells.beside]
        return [_number(text, bounds) for text in texts]
    if cells.type in ("FLOAT", "DOUBLE", *_INTEGERS):
        value = cells.raw if cells.type == "DOUBLE" else f"cast({cells.raw} as double)"
        return [Form(bounds.hold(value), value)]
    if cells.type.startswith("DECIMAL") and not cells.type.endswith("]"):
        value = f"cast(cast({cells.raw} as varchar) as double)"
        return [Form(bounds.hold(value), value)]
    return []


def _number(text: str, bounds: "_Bounds") -> Form:
    value = f"try_cast({text} as double)"
    return Form(f"regexp_full_match({text}, {_NUMBER}) and {bounds.hold(value)}", value)


class _Bounds:
    """The numbers that a field takes; infinities and NaN are outside of all bounds."""

    def __init__(self, spec: FieldSpec, placeholders: tuple[str, ...]) -> None:
        self._low = literal(-sys.float_info.max if spec.min is None else spec.min)
        self._high = literal(sys.float_info.max if spec.max is None else spec.max)
        self._but = listed([number for number in map(_float, placeholders) if number is not None])

    def hold(self, value: str) -> str:
        """Whether a number is one of them."""
        inside = f"{value} >= {self._low} and {value} <= {self._high}"
        return inside if self._but == "null" else f"{inside} and {value} not in ({self._but})"


def _float(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
