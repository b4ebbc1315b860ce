"""Tables of orders: what a channel tells of a purchase, and the tickets that are about it.

Money stands in minor units of the order's currency. What belongs to an order is numbered in the
channel's own order and replaced whole with it.
"""

from __future__ import annotations

from deskterm.store.tables import table

TABLES = (
    table(
        "orders",
        "id",
        "id int, account_id int!, remote_id text!, ref text!, ref_key text!, status text!, "
        "status_name text!, placed_at text!, updated_at text!, payment text!, fulfilment text!, "
        "currency text!, total int!, shipping_cost int, discount int, tax int, paid_at text, "
        "cancelled_at text, completed_at text, payment_method text!, delivery text, "
        "delivery_title text!, promised_at text, promise_source text!, buyer_remote_id text!, "
        "buyer_name text!, buyer_email text!, buyer_key text!, buyer_phone text!, "
        "ship_to text!, bill_to text!, customer_note text!, url text!, raw blob!, raw_size int!, "
        "digest text!, fetched_at text!, checked_at text!, gone_at text",
        refs={"account_id": "accounts"},
    ),
    table(
        "line_items",
        "order_id number",
        "order_id int, number int, remote_id text!, title text!, quantity int!, total int!, "
        "sku text!, variant text!, product_ref text!, variant_ref text!, "
        "fulfilled_quantity int!, refunded_quantity int!, fetched_at text!",
        refs={"order_id": "orders"},
    ),
    table(
        "shipments",
        "order_id number",
        "order_id int, number int, remote_id text!, carrier text!, tracking_number text!, "
        "tracking_key text!, tracking_url text!, shipped_at text, delivered_at text, "
        "promised_at text, lines text!, fetched_at text!",
        refs={"order_id": "orders"},
        defaults={"tracking_key": ""},
    ),
    table(
        "tracking_events",
        "order_id shipment number",
        "order_id int, shipment int, number int, at text!, kind text!, place text!, text text!, "
        "fetched_at text!",
        refs={"order_id": "orders"},
    ),
    table(
        "refunds",
        "order_id number",
        "order_id int, number int, remote_id text!, amount int!, reason text!, state text!, "
        "refunded_at text, lines text!, fetched_at text!",
        refs={"order_id": "orders"},
    ),
    table(
        "returns",
        "order_id number",
        "order_id int, number int, remote_id text!, step text!, rma text!, reason text!, "
        "opened_at text, changed_at text, lines text!, fetched_at text!",
        refs={"order_id": "orders"},
    ),
    table(
        "order_notes",
        "order_id number",
        "order_id int, number int, remote_id text!, author text!, text text!, "
        "to_customer int!, written_at text!, fetched_at text!",
        refs={"order_id": "orders"},
    ),
    table(
        "stock_levels",
        "account_id product_ref variant_ref",
        "account_id int, product_ref text, variant_ref text, sku text!, title text!, state text!, "
        "quantity int, may_backorder int!, raw blob!, raw_size int!, fetched_at text!",
        refs={"account_id": "accounts"},
    ),
    table(
        "ticket_orders",
        "id",
        "id int, uid text!, ticket_id int!, order_id int!, method text!, score int!, "
        "reason text!, author text!, created_at text!, revoked_at text, revoked_by text",
        refs={"ticket_id": "tickets", "order_id": "orders"},
    ),
    table(
        "order_lookups",
        "account_id order_ref",
        "account_id int, order_ref text, asked_at text!, found int!",
        refs={"account_id": "accounts"},
    ),
)

#: What is made after the tables. A marketplace's orders belong to its own tickets alone.
STATEMENTS = (
    "ALTER TABLE accounts ADD COLUMN marketplace INTEGER NOT NULL DEFAULT 0",
    "CREATE UNIQUE INDEX orders_remote ON orders (account_id, remote_id)",
    "CREATE INDEX orders_ref ON orders (ref_key)",
    "CREATE INDEX orders_buyer ON orders (buyer_key, placed_at) WHERE buyer_key != ''",
    "CREATE INDEX shipments_tracking ON shipments (tracking_key) WHERE tracking_key != ''",
    "CREATE UNIQUE INDEX ticket_orders_uid ON ticket_orders (uid)",
    "CREATE INDEX ticket_orders_ticket ON ticket_orders (ticket_id)",
    "CREATE INDEX ticket_orders_order ON ticket_orders (order_id)",
)
