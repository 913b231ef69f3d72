"""Folders on this computer, on shared disks and in object stores, by fsspec."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from realtime_fer.core.errors import SinkError, SourceError, reason_of
from realtime_fer.core.request import VIDEO_SUFFIXES
from realtime_fer.core.text.addresses import shown_address


@dataclass(frozen=True)
class StoredFile:
    """A file below a folder.

    Attributes:
        name: below the folder, with ``/``.
        size: bytes.
        version: changes with the file: its ETag, checksum or time.
    """

    name: str
    size: int
    version: str


class Store:
    """A folder: a path, or an address that fsspec knows, such as ``s3://bucket/folder``.

    Credentials and servers come from the environment, as each of fsspec's libraries reads it.

    Raises:
        SourceError: nothing knows such an address, or its library is missing.
    """

    def __init__(self, address: str) -> None:
        fsspec = _load_fsspec()
        self.address = address
        try:
            self._fs, self._root = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError) as error:
            raise SourceError(
                "'{address}' cannot be opened: {reason}.", address=shown_address(address), reason=reason_of(error)
            ) from error

    @property
    def shown(self) -> str:
        """The address without what may be a password: the user's part, and what follows a question mark."""
        scheme, separator, rest = self.address.partition("://")
        return f"{scheme}://{rest.partition('?')[0].rpartition('@')[2]}" if separator else self.address

    def address_of(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"

    def videos(self) -> list[StoredFile]:
        """All videos, also in folders within, sorted by name; hidden ones left out. Raises SourceError."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.find(self._root, detail=True)
        except Exception as error:  # Each library has errors of its own.
            raise self._unreadable(error) from error
        return sorted(
            (
                StoredFile(name, int(facts.get("size") or 0), _version(facts))
                for path, facts in found.items()
                if (name := str(path).removeprefix(self._root).lstrip("/"))
                and PurePosixPath(name).suffix.lower() in VIDEO_SUFFIXES
                and not any(part.startswith(".") for part in PurePosixPath(name).parts)
            ),
            key=lambda file: file.name.casefold(),
        )

    def size_of(self, name: str) -> int | None:
        """Bytes; None where there is no such file."""
        try:
            return int(self._fs.info(self._path(name))["size"])
        except Exception:
            return None

    def fetch(self, name: str, folder: Path) -> Path:
        """A copy in ``folder``. Raises SourceError."""
        target = folder / PurePosixPath(name).name
        try:
            self._fs.get_file(self._path(name), str(target))
        except Exception as error:
            raise self._unreadable(error) from error
        return target

    def put(self, path: Path, name: str) -> None:
        """Raises SinkError."""
        try:
            self._fs.makedirs(self._fs._parent(self._path(name)), exist_ok=True)
            self._fs.put_file(str(path), self._path(name))
        except Exception as error:
            raise self._unwritable(error) from error

    def move(self, name: str, to: str) -> None:
        """Within the folder; whole at its place or not there at all. Raises SinkError."""
        try:
            self._fs.makedirs(self._fs._parent(self._path(to)), exist_ok=True)
            self._fs.mv(self._path(name), self._path(to))
        except Exception as error:
            raise self._unwritable(error) from error

    def remove(self, name: str) -> None:
        """A folder with all that is in it, if it is there."""
        try:
            self._fs.rm(self._path(name), recursive=True)
        except Exception:
            return

    def read(self, name: str) -> bytes | None:
        """All of a file; None where there is none. Raises SourceError."""
        try:
            self._fs.invalidate_cache()
            return bytes(self._fs.cat_file(self._path(name)))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._unreadable(error) from error

    def write(self, name: str, content: bytes) -> None:
        """Replaces a file in one piece. Raises SinkError."""
        try:
            self._fs.makedirs(self._fs._parent(self._path(name)), exist_ok=True)
            self._fs.pipe_file(self._path(name), content)
        except Exception as error:
            raise self._unwritable(error) from error

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _unreadable(self, error: Exception) -> SourceError:
        return SourceError("'{address}' cannot be read: {reason}.", address=self.shown, reason=reason_of(error))

    def _unwritable(self, error: Exception) -> SinkError:
        return SinkError("'{address}' cannot be written: {reason}.", address=self.shown, reason=reason_of(error))


def _version(facts: dict[str, Any]) -> str:
    return str(facts.get("ETag") or facts.get("md5Hash") or facts.get("mtime") or facts.get("LastModified") or "")


def _load_fsspec() -> ModuleType:
    try:
        import fsspec.core
    except ImportError:
        raise SinkError(
            "A cluster needs the libraries 'distributed' and 'fsspec', which are not installed.",
            "Run: pip install 'realtime-fer[cluster]'",
        ) from None
    return fsspec
