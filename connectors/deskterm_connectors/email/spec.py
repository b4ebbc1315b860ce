"""What a mailbox is to deskterm. Imports the contract only, so that reading it costs nothing."""

from __future__ import annotations

from datetime import timedelta

from deskterm.contract import AccountField, Capability, ConnectorSpec, RateHint, StreamSpec

INBOX = "inbox"
SENT = "sent"
_SECURITY = ("tls", "starttls", "none")

SPEC = ConnectorSpec(
    id="email",
    title="Mailbox (IMAP and SMTP)",
    fields=(
        AccountField("address", "Address", "address", required=True, help="Replies come from it."),
        AccountField("username", "User name", help="Where it is not the address."),
        AccountField("password", "Password", "secret", required=True),
        AccountField("imap_host", "IMAP server", required=True),
        AccountField("imap_port", "IMAP port", "port", default="993"),
        AccountField("imap_security", "IMAP security", "choice", default="tls", choices=_SECURITY),
        AccountField("smtp_host", "SMTP server", required=True),
        AccountField("smtp_port", "SMTP port", "port", default="465"),
        AccountField(
            "smtp_security",
            "SMTP security",
            "choice",
            default="tls",
            choices=_SECURITY,
            help="'starttls' usually goes with port 587; 'none' is for this machine only.",
        ),
        AccountField(
            "tls_ca_file",
            "Extra certificate authority",
            "path",
            help="PEM file, for a server with a certificate of its own making.",
        ),
        AccountField(
            "since", "Fetch mail since", "date", help="YYYY-MM-DD; empty fetches everything."
        ),
        AccountField("display_name", "Name shown to customers"),
        AccountField("aliases", "Further own addresses", "list"),
        AccountField(
            "sent_folder", "Folder of sent mail", help="Empty: the one the server marks as such."
        ),
        AccountField(
            "sent_copy",
            "Who files the copy of a sent mail",
            "choice",
            default="auto",
            choices=("auto", "ours", "server"),
            help="'server' where sending already leaves a copy (Gmail, Exchange Online).",
        ),
        AccountField(
            "order_pattern",
            "Shape of order numbers",
            "order_shape",
            help="# is a digit, @ a letter, * either, {n} repeats: SHOP-#{5,8}",
        ),
    ),
    capabilities=frozenset(
        {
            Capability.READ_MESSAGES,
            Capability.SEND_REPLY,
            Capability.WAIT,
            Capability.FIND_SENT,
            Capability.FILE_COPY,
            Capability.CARRY_MAIL,
        }
    ),
    session="deskterm_connectors.email.connector:EmailSession",
    streams=(
        StreamSpec(INBOX, every=timedelta(minutes=5)),
        StreamSpec(SENT, every=timedelta(minutes=5)),
    ),
    rule_pack="deskterm_connectors.email",
    rate=RateHint(burst=20, per_second=5.0),
)
