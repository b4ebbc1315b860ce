"""What a connector is: the whole contract between deskterm and a channel.

A connector package names a `ConnectorSpec` in the entry-point group `deskterm.connectors`. The
spec is read without loading the session class, so that every channel's limits are known at once.
"""

from deskterm.contract.errors import (
    Confirm,
    ConnectorError,
    ContractBroken,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
    Unclear,
)
from deskterm.contract.mailface import MailFace, MailThread
from deskterm.contract.records import (
    FlagsChanged,
    FolderListing,
    MailItem,
    MailStub,
    MessageRecord,
    Page,
    Party,
    Receipt,
    RecordedAttachment,
    Reply,
    SentMatch,
    SentProbe,
    Unreadable,
)
from deskterm.contract.session import (
    Budget,
    CheckReport,
    MailArchive,
    Secrets,
    Session,
    SessionContext,
    Start,
)
from deskterm.contract.spec import (
    CONTRACT_VERSION,
    AccountField,
    Capability,
    ConnectorSpec,
    RateHint,
    ReadBack,
    StreamSpec,
    TextLimits,
)

__all__ = [
    "CONTRACT_VERSION",
    "AccountField",
    "Budget",
    "Capability",
    "CheckReport",
    "Confirm",
    "ConnectorError",
    "ConnectorSpec",
    "ContractBroken",
    "FlagsChanged",
    "FolderListing",
    "MailArchive",
    "MailFace",
    "MailItem",
    "MailStub",
    "MailThread",
    "MessageRecord",
    "NotFound",
    "Page",
    "Party",
    "RateHint",
    "RateLimited",
    "ReadBack",
    "Receipt",
    "RecordedAttachment",
    "Refused",
    "Reply",
    "Secrets",
    "SentMatch",
    "SentProbe",
    "Session",
    "SessionContext",
    "SignInNeeded",
    "Start",
    "StreamSpec",
    "TextLimits",
    "Unavailable",
    "Unclear",
    "Unreadable",
]
