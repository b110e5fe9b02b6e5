"""What Python raises over a damaged package (.xlsx, .docx): one list for all that read them. Runs in the worker process; pure."""

import lzma
import struct
import zlib
from zipfile import BadZipFile

BROKEN = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    SyntaxError,  # of both XML parsers
    EOFError,
    OSError,
    RuntimeError,  # of zipfile: a password is asked for; as NotImplementedError, a way of packing that it does not know
    ArithmeticError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)
