"""What a file is, by its first bytes and not by what it is called; and whether it is one that is not taken.

Nothing is opened, unpacked or run: names in an archive are read where they stand in the open. Refuses to know
who sent it.
"""

import re
from dataclasses import dataclass

from procedure.correspondence.enclosures import Refused

MOST_ENTRIES = 1_000
"""Files in an archive: nobody looks through more."""


@dataclass(frozen=True, slots=True)
class FileType:
    """What it is, the extensions that fit (the first is the usual one; none: any), why it is not taken."""

    media_type: str
    extensions: tuple[str, ...] = ()
    refused: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"
_BEGINNINGS: tuple[tuple[bytes, FileType], ...] = (
    (rb"%PDF-", FileType("application/pdf", ("pdf",))),
    (rb"\xff\xd8\xff", FileType("image/jpeg", ("jpg", "jpeg"))),
    (rb"\x89PNG\r\n\x1a\n", FileType("image/png", ("png",))),
    (rb"GIF8[79]a", FileType("image/gif", ("gif",))),
    (rb"II\*\x00|MM\x00\*", FileType("image/tiff", ("tif", "tiff"))),
    (rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", FileType("image/heic", ("heic", "heif"))),
    (rb"RIFF....WEBP", FileType("image/webp", ("webp",))),
    (rb"MZ", FileType("application/vnd.microsoft.portable-executable", (), Refused.TYPE)),
    (rb"\x7fELF", FileType("application/x-elf", (), Refused.TYPE)),
    (rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe",
     FileType("application/x-mach-binary", (), Refused.TYPE)),
    (rb"#!", FileType("text/x-script", (), Refused.TYPE)),
    (rb"L\x00\x00\x00\x01\x14\x02\x00", FileType("application/x-ms-shortcut", (), Refused.TYPE)),
    (rb"MSCF|ITSF|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", FileType("application/x-archive", (), Refused.TYPE)),
    (rb"(?i)(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype html|html|head|body|script|svg)\b",
     FileType("text/html", ("html",), Refused.TYPE)),
)  # fmt: skip
_BEGINS = tuple((re.compile(pattern, re.DOTALL), file_type) for pattern, file_type in _BEGINNINGS)

_RUNS = frozenset({
    "7z", "ace", "action", "apk", "app", "appimage", "appref-ms", "appx", "arj", "bash", "bat", "bin",
    "cab", "chm", "cmd", "com", "cpl", "csh", "deb", "desktop", "dll", "dmg", "docm", "dotm", "elf", "exe",
    "gadget", "hta", "htm", "html", "img", "inf", "ins", "iqy", "iso", "jar", "jnlp", "js", "jse", "jsp",
    "lnk", "mde", "mht", "mhtml", "mjs", "msc", "msi", "msix", "msp", "mst", "one", "pif", "pl", "potm",
    "ppam", "ppsm", "pptm", "ps1", "ps1xml", "ps2", "psc1", "psd1", "psm1", "py", "pyc", "pyw", "rar", "rb",
    "reg", "rpm", "scf", "scpt", "scr", "sct", "settingcontent-ms", "sh", "shtml", "sldm", "svg", "svgz",
    "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "wsc", "wsf", "wsh", "xbap", "xht", "xhtml", "xlam",
    "xll", "xlsb", "xlsm", "xltm", "xz",
})  # fmt: skip
"""Extensions that a computer runs, or that hide what it does."""

_ENTRY = re.compile(rb"PK(?:\x03\x04(.{26})|\x01\x02..(.{26}).{14})", re.DOTALL)
"""An entry of a ZIP, beside its file or in the list at the end: version, flags, …, and then its name."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def type_of(content: bytes, name: str, declared: str) -> FileType:
    """What the file is.

    Args:
        content: all of it.
        name: as it is called.
        declared: the media type that the mail gives it.
    """
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content, name, declared)
    if content.startswith(_OLE):
        return FileType(_declared(declared), (), _refused_ole(content) or _refused_name(name))
    if b"%PDF-" in content[:1_024]:
        return _BEGINNINGS[0][1]
    if content.startswith((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")) and _is_locked(content):
        return FileType("application/x-archive", (), Refused.ENCRYPTED)
    for pattern, file_type in _BEGINS:
        if pattern.match(content[:200]):
            return file_type
    return FileType(_declared(declared), (), _refused_name(name))


def _declared(media_type: str) -> str:
    return media_type if "/" in media_type else "application/octet-stream"


def extension_of(name: str) -> str:
    """What stands behind the last dot, in lower case; empty where there is none."""
    return name.rpartition(".")[2].strip(" .").lower() if "." in name else ""


def _refused_name(name: str) -> str:
    return Refused.TYPE if extension_of(name.rstrip(". ")) in _RUNS else ""


def _refused_ole(content: bytes) -> str:
    """Old Office documents keep the names of what is in them in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused.ENCRYPTED
    return Refused.TYPE if "_VBA_PROJECT".encode("utf-16-le") in content else ""


def _is_locked(content: bytes) -> bool:
    """True of a 7z or RAR that says in the open that it is encrypted."""
    if content.startswith(b"7z"):
        return b"\x06\xf1\x07\x01" in content[-65_536:]
    if content.startswith(b"Rar!\x1a\x07\x01"):
        return content[12:14] == b"\x04\x00" or b"\x01\x00\x0f" in content[:200]
    return bool(content[10:11] and content[10] & 0x80)


def _zipped(content: bytes, name: str, declared: str) -> FileType:
    """A ZIP, or an Office document, which is one too."""
    encrypted, names = False, set[str]()
    for count, found in enumerate(_ENTRY.finditer(content)):
        if count > 2 * MOST_ENTRIES:
            return FileType("application/zip", ("zip",), Refused.TYPE)
        fields = found.group(1) or found.group(2)
        is_version = fields[0] < 100 and not fields[1]  # else it is but four bytes by chance
        encrypted = encrypted or (is_version and bool(fields[2] & 1))
        length = min(int.from_bytes(fields[22:24], "little"), 300)
        names.add(content[found.end() : found.end() + length].decode("utf-8", "replace").lower())
    inside = _office(names) or FileType("application/zip", ("zip", *_CARRIED_BY_ZIP))
    if encrypted:
        return FileType(inside.media_type, inside.extensions, Refused.ENCRYPTED)
    runs = any(_refused_name(one) or one.endswith("vbaproject.bin") for one in names)
    return FileType(inside.media_type, inside.extensions, Refused.TYPE if runs else _refused_name(name))


_CARRIED_BY_ZIP = ("odt", "ods", "odp", "odg", "epub", "pages", "numbers", "key", "kmz")


def _office(names: set[str]) -> FileType | None:
    kinds = (("word/", "docx", "wordprocessingml.document"), ("xl/", "xlsx", "spreadsheetml.sheet"),
             ("ppt/", "pptx", "presentationml.presentation"))  # fmt: skip
    if "[content_types].xml" not in names:
        return None
    for folder, extension, kind in kinds:
        if any(one.startswith(folder) for one in names):
            return FileType(f"{_OFFICE}.{kind}", (extension,))
    return None
