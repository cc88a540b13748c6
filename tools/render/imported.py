"""What an import could not take over, for the person who has to know: on standard error, a line each."""

from rich.text import Text
from scoreline.compiler.schema.imports.sources import Imported
from scoreline.tools.render.terminal import counted, errors, note, one_line

_LONGEST = 20_000
"""Names are told to the last one."""


def told(found: Imported) -> None:
    """Says what did not come over as it was, and then how much did."""
    for each in found.remarks:
        text = Text.assemble((one_line(each.what, _LONGEST), "bold"), f": {one_line(each.why, _LONGEST)}")
        errors().print(text, soft_wrap=True)
    schema = found.schema
    parts = [f"{counted(len(schema.lead.fields), 'field')} of the lead"]
    if schema.contact:
        parts.append(f"{len(schema.contact.fields):,} of the contact")
    if schema.interactions:
        parts.append(counted(len(schema.interactions), "interaction"))
    left = counted(len(found.remarks), "remark") if found.remarks else "nothing was left out"
    note(f"{', '.join(parts)}; {left}")
