"""Run a network of the ONNX format with onnxruntime, on this machine and in one thread. Nothing is fetched."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from faqbot.errors import ExtraMissingError, FaqbotError
from faqbot.files import packaged

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HERE: Final = Path(__file__).parent


def session(path: Path, digest: str) -> InferenceSession:
    """Load the network of a file whose SHA-256 is `digest`, in hexadecimal.

    Raises:
        ExtraMissingError: onnxruntime is not installed.
        FaqbotError: the file cannot be read, or is not the one that faqbot was measured with.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import: onnxruntime would report its use to its makers
    try:
        import onnxruntime
    except ImportError:
        raise ExtraMissingError("Matching by meaning", "semantic") from None
    try:
        model = packaged(f"models/{path.name}") if path.parent == HERE else path.read_bytes()
    except OSError as error:
        raise FaqbotError(f"{path}: the model cannot be read ({error.strerror})") from None
    if sha256(model).hexdigest() != digest:
        raise FaqbotError(f"{path}: not the model that faqbot knows; install 'faqbot[semantic]' again")
    onnxruntime.disable_telemetry_events()  # older builds for Windows do not read the variable
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # for texts of a few words, sharing the work among threads takes longer
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
