"""Why a file as a whole cannot be read."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError


class ReadingError(ZhangguiError):
    """A file cannot be read as a table."""

    code = "unreadable_file"


class UnreadableFileError(ReadingError):
    """The bytes are of no kind, or of no text encoding, that is read here."""

    def __init__(self, name: str, reason: str, *, next_step: str, at_byte: int | None = None) -> None:
        self.name = name
        self.reason = reason
        self.at_byte = at_byte
        where = name if at_byte is None else f"{name}, byte {at_byte:,}"
        super().__init__(reason, where=where, next_step=next_step)


class EmptyFileError(ReadingError):
    """A file, or every sheet of it, holds nothing."""

    code = "empty_file"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("The file is empty.", where=name, next_step="export it again and check that it holds rows")


class TruncatedFileError(ReadingError):
    """A packed file ends before its own end mark."""

    code = "truncated_file"

    def __init__(self, name: str, detail: str) -> None:
        self.name = name
        self.detail = detail
        super().__init__(
            f"The file is cut off or damaged: {detail}.",
            where=name,
            next_step="download or export it again; nothing of it was loaded",
        )


class EncryptedFileError(ReadingError):
    """A workbook or archive asks for a password."""

    code = "password_protected"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            "The file is protected by a password.",
            where=name,
            next_step="give the password: on a terminal it is asked for, else `--password-file`",
        )


class WrongPasswordError(ReadingError):
    """None of the passwords that were given opens the file."""

    code = "wrong_password"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            "The password does not open the file.", where=name, next_step="give the right one; capitals matter"
        )


class TooManyColumnsError(ReadingError):
    """A header is wider than any export."""

    code = "too_many_columns"

    def __init__(self, name: str, n_columns: int, limit: int) -> None:
        self.name = name
        self.n_columns = n_columns
        self.limit = limit
        super().__init__(
            f"The file has {n_columns:,} columns; at most {limit:,} are read.",
            where=name,
            next_step="check the delimiter, or delete the columns that are not needed",
        )


class ArchiveRefusedError(ReadingError):
    """An archive is built in a way that is not unpacked here."""

    code = "archive_refused"

    def __init__(self, name: str, reason: str, *, next_step: str = "unpack it yourself and load the files") -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"The archive is refused: {reason}.", where=name, next_step=next_step)


class TooLargeError(ReadingError):
    """A file unpacks to more than is allowed."""

    code = "too_large"

    def __init__(self, name: str, reason: str, *, next_step: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(reason, where=name, next_step=next_step)


class UnknownSheetError(ReadingError):
    """A workbook does not hold the sheet that was asked for."""

    code = "unknown_sheet"

    def __init__(self, name: str, sheet: str, known: list[str]) -> None:
        self.name = name
        self.sheet = sheet
        self.known = known
        super().__init__(
            f"The workbook has no sheet {sheet!r}.",
            where=name,
            next_step="set `sheet` to one of: " + ", ".join(known),
        )


class NoHeaderError(ReadingError):
    """No row looks like a header, or the row named by `header_row` is not there."""

    code = "no_header"

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(
            reason, where=name, next_step="set `header_row` in the map to the row that holds the column names"
        )
