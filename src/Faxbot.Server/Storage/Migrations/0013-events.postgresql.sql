-- An event belongs to a fax, to an item of the outbox or to a received message; all have one order.
alter table events alter column fax_id drop not null;
alter table events add column outbox_id text references outbox (id) on delete cascade;
alter table events add column inbound_message_id text references inbound_messages (id) on delete cascade;
alter table events add check (num_nonnulls(fax_id, outbox_id, inbound_message_id) = 1);
create index events_of_item on events (outbox_id, id) where outbox_id is not null;
create index events_of_message on events (inbound_message_id, id) where inbound_message_id is not null;

alter table webhook_deliveries alter column fax_id drop not null;
alter table webhook_deliveries add column outbox_id text references outbox (id) on delete cascade;
alter table webhook_deliveries add column inbound_message_id text references inbound_messages (id) on delete cascade;
alter table webhook_deliveries add check (num_nonnulls(fax_id, outbox_id, inbound_message_id) = 1);
create index webhook_deliveries_of_item on webhook_deliveries (outbox_id) where outbox_id is not null;
create index webhook_deliveries_of_message on webhook_deliveries (inbound_message_id) where inbound_message_id is not null;
