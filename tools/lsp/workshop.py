"""Everything that is open: documents, the projects that they lie in, and the last view of each.

Promises that a view is of the newest texts: it is made when somebody asks and something has changed since. `changed`
gives the project that has to be looked at again.
"""

from pathlib import Path

from scoreline.compiler.project import PROJECT_FILE, find_project
from scoreline.tools.lsp.documents import Document, Documents, has_file
from scoreline.tools.lsp.faults import log_fault
from scoreline.tools.lsp.views import Bench, Disk, View

Key = tuple[Path, Path | None]
"""The folder of a project; or a folder, and the one document in it that lies in no project."""


class Workshop:
    """Documents, and what is known of their projects."""

    def __init__(self) -> None:
        self.documents = Documents()
        self._disk = Disk()
        self._benches: dict[Key, Bench] = {}
        self._views: dict[Key, View] = {}
        self._stale: dict[Key, View] = {}
        self._homes: dict[Path, Key] = {}

    def view(self, document: Document) -> View:
        """The newest view of what a document belongs to."""
        return self.view_of(self.home(document))

    def last_view(self, document: Document) -> View | None:
        """The last view that was made, for a request that cannot wait for a newer one."""
        return self._views.get(self.home(document)) or self._stale.get(self.home(document))

    def view_of(self, key: Key) -> View:
        """The newest view of a project."""
        if key not in self._views:
            self._views[key] = self._made(key)
            self._stale[key] = self._views[key]
        return self._views[key]

    def changed(self, document: Document) -> Key:
        """A document holds another text: its project's view is out of date."""
        key = self.home(document)
        self._views.pop(key, None)
        return key

    def tried(self, document: Document, text: str) -> View:
        """The view there would be if a document held another text."""
        key = self.home(document)
        texts = {path: each.text for path, each in self.documents.by_path.items()}
        return self._bench(key).view({**texts, document.path: text})

    def files_changed(self) -> None:
        """Files have come, gone or changed on disk: everything is looked at again, and homes are found anew."""
        self._homes.clear()
        self._views.clear()
        for bench in self._benches.values():
            bench.forget_files()

    def homes(self) -> dict[Key, None]:
        """What all open documents belong to."""
        return dict.fromkeys(self.home(each) for each in self.documents.by_path.values())

    def forget(self, key: Key) -> None:
        """Nothing of a project is open any more."""
        for known in (self._benches, self._views, self._stale):
            known.pop(key, None)

    def home(self, document: Document) -> Key:
        """The folder of the project that a document lies in; without one, its own folder and the document."""
        path = document.path
        if path not in self._homes:
            found = find_project(path) if has_file(document.uri) else None
            if found is None and path.name == PROJECT_FILE:
                found = path
            self._homes[path] = (path.parent, path) if found is None else (found.parent, None)
        return self._homes[path]

    def _bench(self, key: Key) -> Bench:
        return self._benches.setdefault(key, Bench(key[0], self._disk, key[1]))

    def _made(self, key: Key) -> View:
        texts = {path: each.text for path, each in self.documents.by_path.items()}
        try:
            return self._bench(key).view(texts)
        except Exception as fault:
            # A fault of ours in what is remembered must not last: once more, from nothing.
            log_fault("check again", fault)
            self._benches.pop(key, None)
            return self._bench(key).view(texts)
