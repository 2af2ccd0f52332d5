"""Options of the command line over those of the environment."""

from extract.settings import Settings


def settings_with(**options: object) -> Settings:
    """Return the settings with the options that were given on the command line."""
    return Settings.model_validate({name: value for name, value in options.items() if value is not None})
