"""The pages about codes are found however Scoreline is installed."""

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec

import pytest
import scoreline
from scoreline.tools.render.pages import page_of

NO_FOLDER = "__editable__.scoreline-0.1.0.finder.__path_hook__"


@pytest.fixture
def led_to(monkeypatch):
    """An install that leads to the folder of the pages, as `pip install -e .` makes one: the path of the package has an
    entry that is no folder, by which it is found."""
    pages = import_module("scoreline.pages")
    folders = list(pages.__path__)

    class Finder:
        @staticmethod
        def find_spec(name, target=None):
            if name != "scoreline.pages":
                return None
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [*folders, NO_FOLDER]
            return spec

    def hook(entry):
        if entry != NO_FOLDER:
            raise ImportError
        return Finder

    monkeypatch.setattr(scoreline, "pages", pages)
    monkeypatch.setattr(scoreline, "__path__", [NO_FOLDER, *scoreline.__path__])
    monkeypatch.setattr(sys, "path_hooks", [hook, *sys.path_hooks])
    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    monkeypatch.delitem(sys.modules, "scoreline.pages")


def test_the_pages_are_found_where_an_install_leads_to_their_folder(led_to, call):
    assert NO_FOLDER in import_module("scoreline.pages").__path__
    assert (page_of("W204") or "").startswith("# W204")
    assert page_of("W999") is None
    assert "W204" in call("rule", "W204").out


def test_without_the_pages_a_code_is_told_in_short(monkeypatch, call):
    monkeypatch.setitem(sys.modules, "scoreline.pages", None)
    assert page_of("W204") is None
    told = call("rule", "W204")
    assert (told.status, "the page about W204 is not installed" in told.err) == (2, True)
