"""Public files for tests that ask the desk for pages: found where they lie, without digests in their names."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def public_files(settings, desk_folder: Path) -> None:
    folder = desk_folder / "static"
    folder.mkdir(exist_ok=True)
    settings.STATIC_ROOT = folder
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
