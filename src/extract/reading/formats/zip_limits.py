"""Limits for files that are zip archives inside, such as those of office programs."""

import zipfile
from io import BytesIO

from extract.errors import ReadError

_MOST_BYTES = 300_000_000
_MOST_MEMBERS = 20_000
_MOST_RATIO = 200
_SMALL = 10_000_000


def check_zip(data: bytes) -> None:
    """Check that an archive can be opened and does not swell beyond all measure.

    Raises:
        ReadError: It is no archive, is damaged, or its content is too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise ReadError(f"The file is damaged: {error}.", advice="Save it again.") from None
    size = sum(member.file_size for member in members)
    swells = size > _SMALL and size > _MOST_RATIO * max(len(data), 1)
    if size > _MOST_BYTES or len(members) > _MOST_MEMBERS or swells:
        message = f"The file has {len(members):,} parts; its {len(data):,} bytes swell to {size:,}."
        raise ReadError(message, advice="Save its text alone.")
