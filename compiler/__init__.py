"""Schema and tree to plan, plan to something that runs: resolving, checking, lowering, backends."""
