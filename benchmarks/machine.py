"""The machine of a measurement: processor, cores, Python, and the versions of the engines."""

import importlib.metadata
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from benchmarks.contract import Engine

_CPUINFO = Path("/proc/cpuinfo")


def machine(engines: Iterable[Engine]) -> dict[str, str]:
    """Facts by their names, in the order to be shown."""
    packages = sorted({engine.package for engine in engines if engine.package})
    return {
        "Processor": _processor(),
        "Cores": str(os.cpu_count()),
        "System": platform.system(),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        **{package: importlib.metadata.version(package) for package in packages},
    }


def _processor() -> str:
    if _CPUINFO.exists():
        for line in _CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
