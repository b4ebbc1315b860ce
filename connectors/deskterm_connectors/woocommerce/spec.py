"""What a WooCommerce shop is to deskterm. Imports the contract only."""

from __future__ import annotations

from datetime import timedelta

from deskterm.contract import (
    AccountField,
    Capability,
    ConnectorSpec,
    RateHint,
    ReadBack,
    StreamSpec,
    TextLimits,
)

ORDERS = "orders"
#: A note is stored in 65,535 bytes; what markup and the shop's plugins add has to fit as well.
NOTE_BYTES = 60_000

SPEC = ConnectorSpec(
    id="woocommerce",
    title="WooCommerce shop",
    fields=(
        AccountField(
            "url", "Address of the shop", "url", required=True, help="https://shop.example"
        ),
        AccountField(
            "consumer_key",
            "Consumer key (ck_…)",
            required=True,
            help="WooCommerce, Settings, Advanced, REST API; with rights to write, for notes.",
        ),
        AccountField("consumer_secret", "Consumer secret (cs_…)", "secret", required=True),
        AccountField(
            "base_url",
            "Address of the API",
            "url",
            help="Where it is not the shop's own, such as a test server.",
        ),
        AccountField(
            "sign_in",
            "How calls are signed",
            "choice",
            default="header",
            choices=("header", "signature"),
            help="'signature' where the host removes the Authorization header.",
        ),
        AccountField(
            "tls_ca_file",
            "Extra certificate authority",
            "path",
            help="PEM file, for a server with a certificate of its own making.",
        ),
        AccountField(
            "tracking_key",
            "Meta key of the tracking number",
            default="_tracking_number",
            help="Used where neither fulfilments nor a known plugin tell one.",
        ),
        AccountField(
            "promise_key",
            "Meta key of the promised day of delivery",
            help="Its value is YYYY-MM-DD or a Unix time; empty where nobody writes one.",
        ),
    ),
    capabilities=frozenset(
        {
            *(Capability.READ_ORDERS, Capability.READ_STOCK),
            *(Capability.SEND_REPLY, Capability.FIND_SENT),  # notes, which the shop mails
        }
    ),
    session="deskterm_connectors.woocommerce.orders:WooCommerceSession",
    streams=(
        StreamSpec(
            ORDERS,
            style="time",
            overlap=timedelta(minutes=10),
            every=timedelta(minutes=5),
            sweep=timedelta(days=7),
        ),
    ),
    rule_pack="deskterm_connectors.woocommerce",
    text_limits=TextLimits(NOTE_BYTES, "bytes"),
    # The notes of an order come whole and at once.
    read_back=ReadBack(reliable=True, settle=timedelta(seconds=30)),
    # WooCommerce itself counts nothing; the brake is that two calls run at a time.
    rate=RateHint(burst=40, per_second=20.0),
)
