"""Repository: entries that cannot all be moved are taken out again."""

from pathlib import Path

import pytest

from testimonia.core.layout import find_model_root
from testimonia.scaffold.options import ScaffoldOptions
from testimonia.scaffold.repository import found_data_set

OPTIONS = ScaffoldOptions("https://example.org/rivers/", "Rivers", "Ostmark", "XZ", "testimonia")


def test_a_folder_is_filled_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if target == tmp_path / "mappings":
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="No space left"):
        found_data_set(tmp_path, OPTIONS, find_model_root())
    assert list(tmp_path.iterdir()) == []
