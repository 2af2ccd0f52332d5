"""How a run and the workers of a cluster find out whether they would make the same rows.

A worker may have another version of everything, also of this module: what they tell each other is plain.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extract.pipeline.fingerprint import forget_loaded, modules_hash, pipeline_fingerprint
from extract.settings import Settings, load_settings

# With all that they import: how workers are spoken to, and all that they do.
_SPOKEN = ("extract.pipeline.workers.cluster.plugin", "extract.pipeline.workers.process")
# Where things are on a worker is its own affair.
_OF_EACH_MACHINE = ("cluster", "models_dir", "output", "overrides", "source_root", "stanza_dir")


def identity(settings: Settings) -> dict[str, str]:
    """Return hashes of all that decides the rows of a worker, as it is installed now, and the version.

    Raises:
        ModelError: The engine is not known here.
    """
    forget_loaded()
    components = pipeline_fingerprint(settings).components
    return {**components, "worker code": modules_hash(_SPOKEN), "version": version("extract")}


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Sequence[str]:
    """Return in words what differs.

    >>> differences({"lexicon": "a", "version": "1"}, {"lexicon": "b", "version": "1"})
    ['lexicon']
    >>> differences({"code": "a", "version": "2"}, {"code": "b", "version": "1"})
    ['code (extract 1 there, 2 here)']
    >>> differences({"version": "1"}, {"rules": "a", "version": "1"})
    ['rules']
    """
    known = dict.fromkeys([*ours, *theirs])
    names = [name for name in known if name != "version" and ours.get(name) != theirs.get(name)]
    if ours["version"] != theirs["version"]:
        versions = f"(extract {theirs['version']} there, {ours['version']} here)"
        return [*names[:-1], f"{names[-1]} {versions}" if names else f"installation {versions}"]
    return names


def settings_to_send(settings: Settings) -> dict[str, Any]:
    """Return the settings that hold on every machine."""
    return settings.model_dump(exclude={*_OF_EACH_MACHINE})


def settings_there(sent: Mapping[str, Any], folder: Path) -> Settings:
    """Return the settings of a worker: those sent, and its own models and folders.

    Args:
        sent: From `settings_to_send`.
        folder: Where the worker may write.

    Raises:
        SettingsError: A setting is not known here.
    """
    known = {name: value for name, value in sent.items() if name in Settings.model_fields}
    own = load_settings(**known, output=folder)
    return own.model_copy(update={"overrides": folder / "overrides", "cluster": ""})
