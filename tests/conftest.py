"""How hard the drawn tests try: `ci` always, `fuzz` when HYPOTHESIS_PROFILE=fuzz asks for it; and the databases."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["databases.fixtures"]

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile("ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("fuzz", max_examples=5_000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
