"""Bounces."""

from __future__ import annotations

from deskterm.mail.fallback import parse_full
from deskterm.mail.light import parse_light
from tests.mail.mails import fixture_files, multipart, plain

_STATUS = (
    b"Reporting-MTA: dns; mx.example.org\r\n\r\n"
    b"Final-Recipient: rfc822; ok@example.org\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
    b"Final-Recipient: rfc822; gone@example.org\r\nAction: Failed\r\nStatus: 5.1.1 (unknown)\r\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 <gone@example.org>:\r\n No such user\r\n\r\n"
)


def test_a_standard_bounce_names_the_failed_recipient_and_our_mail() -> None:
    raw = multipart(
        "report; report-type=delivery-status",
        ("Content-Type: text/plain", b"Sorry"),
        ("Content-Type: message/delivery-status", _STATUS),
        (
            "Content-Type: text/rfc822-headers",
            b"Subject: Re: x\r\nMessage-ID: <t1.a@shop.example>\r\n",
        ),
    )

    mail = parse_full(raw)

    assert mail.envelope.automatic == "report"
    assert mail.report is not None
    assert mail.report.action == "failed"
    assert mail.report.status == "5.1.1"
    assert mail.report.recipient == "gone@example.org"
    assert mail.report.diagnostic == "550 5.1.1 <gone@example.org>: No such user"
    assert mail.report.original_message_id == "<t1.a@shop.example>"
    assert parse_light(raw) == mail


def test_a_bounce_without_standard_parts_is_known_by_the_id_it_quotes() -> None:
    body = "550 5.1.1 <gone@example.org> unknown\n\n> Message-ID: <t1.a@shop.example>\n"
    mail = parse_full(plain(body, From="Mail <MAILER-DAEMON@mx.example>"))

    assert mail.report is not None
    assert mail.report.action == "failed"
    assert mail.report.recipient == "gone@example.org"
    assert mail.report.original_message_id == "<t1.a@shop.example>"


def test_people_do_not_bounce() -> None:
    body = "550 5.1.1 unknown\n\n> Message-ID: <t1.a@shop.example>\n"

    assert parse_full(plain(body)).report is None
    assert parse_full(plain("550 5.1.1", From="postmaster@mx.example")).report is None


def test_published_reports_are_read() -> None:
    reports = [
        parse_full(path.read_bytes()).report
        for path in fixture_files("mime_mail/multipart_report_emails/*.eml")
    ]

    assert len([report for report in reports if report and report.recipient]) >= 4
    assert {report.action for report in reports if report} <= {"failed", "delayed", "delivered"}
