"""The compiled kernels (kernels.c) and the BLAS that multiplies matrices for them.

`hatch_build.py` compiles the kernels when the project is installed, where there is a C compiler. The BLAS is
the one that numpy has loaded already (OpenBLAS in numpy's own wheels): it costs no memory and no dependency.
"""

import ctypes
import hashlib
import importlib
from ctypes import POINTER, c_char, c_int, c_int32, c_int64, c_void_p
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from extract.errors import ModelError

LIBRARY = Path(__file__).with_name("kernels.so")
SOURCE = LIBRARY.with_suffix(".c")
ADVICE = "With a C compiler (gcc or clang), install the project again."
# Names of cblas_sgemm, and whether its integers have 64 bits: in numpy's wheels, in other builds with 64-bit
# integers, in those of Linux distributions and conda.
_SGEMM = (("scipy_cblas_sgemm64_", True), ("cblas_sgemm64_", True), ("cblas_sgemm", False))

Floats = npt.NDArray[np.float32]
Pointer = int


class NotFastError(ModelError):
    """Why fast inference is not possible here; spaCy's own way is taken instead."""


class Shapes(NamedTuple):
    """The shapes that the kernels are compiled for; kernels.c explains them."""

    width: int
    pieces: int
    window: int
    hidden: int
    hidden_pieces: int
    name_features: int
    parse_features: int
    max_moves: int


class MovesStruct(ctypes.Structure):
    """The weights of a transition model: `Moves` in kernels.c."""

    _fields_ = (
        ("missing", c_void_p),
        ("bias", c_void_p),
        ("weights", c_void_p),
        ("move_bias", c_void_p),
        ("kinds", c_void_p),
        ("labels", c_void_p),
        ("n_moves", c_int32),
    )


@dataclass(frozen=True)
class Kernels:
    """The functions of kernels.c.

    Attributes:
        library: The loaded library; its functions take addresses of arrays.
        shapes: The shapes that it is compiled for.
        scratch: Floats that a convolution needs besides its rows.
        sgemm: Address of the BLAS's cblas_sgemm.
        wide_integers: Whether its integers have 64 bits.
    """

    library: Any
    shapes: Shapes
    scratch: int
    sgemm: Pointer
    wide_integers: bool


@cache
def load_kernels() -> Kernels:
    """Load the kernels.

    Raises:
        NotFastError: They are not compiled here, or from another version, or numpy has no BLAS.
    """
    if not LIBRARY.is_file():
        raise NotFastError("The kernels are not compiled.", advice=ADVICE)
    try:
        library = ctypes.CDLL(str(LIBRARY))
    except OSError as error:
        raise NotFastError(f"The kernels cannot be loaded: {error}.", advice=ADVICE) from error
    if (c_char * 64).in_dll(library, "extract_source").raw.decode() != _digest(SOURCE):
        raise NotFastError("The kernels are of another version.", advice=ADVICE)
    shapes = Shapes(*(c_int32 * len(Shapes._fields)).in_dll(library, "extract_shapes"))
    scratch = c_int32.in_dll(library, "extract_scratch").value
    sgemm, wide_integers = _find_sgemm()
    _declare(library)
    return Kernels(library, shapes, scratch, sgemm, wide_integers)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _declare(library: ctypes.CDLL) -> None:
    """Declare the arguments; arrays are passed by address."""
    address, size = c_void_p, c_int32
    arguments: dict[str, list[Any]] = {
        "extract_find_rows": [address, c_int64, c_int64, address, c_int64, address, size, address, address],
        "extract_gather": [address, address, c_int64, address],
        "extract_convolve": [address, c_int, c_int, c_int, *[address] * 6],
        "extract_find_names": [POINTER(MovesStruct), address, size, *[address] * 4],
        "extract_parse": [POINTER(MovesStruct), address, size, *[address] * 5],
    }
    for name, types in arguments.items():
        function = getattr(library, name)
        function.argtypes, function.restype = types, None
    library.extract_find_rows.restype = c_int32


def _find_sgemm() -> tuple[Pointer, bool]:
    """Find cblas_sgemm among the libraries that numpy's core is linked with.

    Raises:
        NotFastError: There is none.
    """
    core = importlib.import_module("numpy._core._multiarray_umath").__file__
    numpy_core = ctypes.CDLL(core)
    for name, wide_integers in _SGEMM:
        function = getattr(numpy_core, name, None)
        if function is not None:
            return ctypes.cast(function, c_void_p).value or 0, wide_integers
    raise NotFastError(
        "numpy has no BLAS (a library for matrix products).", advice="Install numpy's own wheel."
    )


def address(array: npt.NDArray[Any]) -> Pointer:
    """Return the address of an array.

    Raises:
        ValueError: The array is not contiguous: the kernels would read other values than its own.
    """
    if not array.flags.c_contiguous:
        raise ValueError("The array is not contiguous.")
    return array.ctypes.data
