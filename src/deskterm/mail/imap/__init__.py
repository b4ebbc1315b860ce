"""A small asyncio IMAP transport: TLS, pipelined FETCH, IDLE, CONDSTORE."""

from deskterm.mail.imap.connection import Answer, ImapConnection
from deskterm.mail.imap.fetch import Fetched, FetchJob, fetch, fetch_one
from deskterm.mail.imap.folder import FolderInfo, FolderState, find_sent
from deskterm.mail.imap.words import Literal, quote, search_date, uid_set

__all__ = [
    "Answer",
    "FetchJob",
    "Fetched",
    "FolderInfo",
    "FolderState",
    "ImapConnection",
    "Literal",
    "fetch",
    "fetch_one",
    "find_sent",
    "quote",
    "search_date",
    "uid_set",
]
