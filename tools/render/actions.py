"""An action in words: what is to be done because a stage was entered."""

from datetime import tzinfo

from scoreline.runtime.results import Action


def action_text(action: Action, zone: tzinfo) -> str:
    """`create task "Call Ada" for "Inside sales", due 2026-03-04 09:00`"""
    match action.kind:
        case "create task":
            owner = f' for "{action.owner}"' if action.owner is not None else ""
            due = f", due {action.due.astimezone(zone):%Y-%m-%d %H:%M}" if action.due is not None else ""
            return f'create task "{action.title}"{owner}{due}'
        case "notify":
            return f'notify "{action.channel}"'
        case _:
            return f"set {action.field} to {action.value}"
