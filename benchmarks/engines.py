"""The engines of each form of the workload, the reference first. To add a peer: write its module, and name it here."""

from dataclasses import dataclass
from types import ModuleType

from benchmarks.by_hand import BY_HAND
from benchmarks.contract import Engine, FormName
from benchmarks.ours import OURS
from benchmarks.peers import (
    business_rules,
    cel_python,
    common_expression_language,
    common_expression_language_parsed,
    datalogic,
    datalogic_parsed,
    durable_rules,
    panzi_json_logic,
    rule_engine,
    zen_engine,
)

_PEERS = (
    datalogic,
    datalogic_parsed,
    zen_engine,
    common_expression_language,
    common_expression_language_parsed,
    panzi_json_logic,
    rule_engine,
    business_rules,
    durable_rules,
    cel_python,
)


@dataclass(frozen=True)
class Form:
    """A form in which leads are given, and the engines that take it; the first is the reference."""

    name: FormName
    engines: tuple[Engine, ...]

    @property
    def reference(self) -> Engine:
        """What the others are compared with."""
        return self.engines[0]


def _peer(module: ModuleType) -> Engine:
    return Engine(module.NAME, module.PACKAGE, module.KIND, module.FORM, module.prepare)


FORMS: tuple[Form, ...] = (
    Form("counts", (BY_HAND["counts"], *OURS["counts"], *map(_peer, _PEERS))),
    Form("rows", (BY_HAND["rows"], *OURS["rows"])),
    Form("history", (BY_HAND["history"], *OURS["history"])),
)
