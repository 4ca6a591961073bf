-- An event belongs to a fax, to an item of the outbox or to a received message; all have one order. SQLite cannot let a column be null that could not be
-- before: the tables are built anew. Numbers go on where they were, also when no event is left.
create table events_of_all (
  id {identity},
  fax_id text references faxes (id) on delete cascade,
  outbox_id text references outbox (id) on delete cascade,
  inbound_message_id text references inbound_messages (id) on delete cascade,
  key_id text not null,
  at bigint not null,
  type text not null,
  data text not null,
  check ((fax_id is not null) + (outbox_id is not null) + (inbound_message_id is not null) = 1)
);

insert into events_of_all (id, fax_id, key_id, at, type, data) select id, fax_id, key_id, at, type, data from events order by id;
delete from sqlite_sequence where name = 'events_of_all';
insert into sqlite_sequence (name, seq) select 'events_of_all', seq from sqlite_sequence where name = 'events';
drop table events;
alter table events_of_all rename to events;
create index events_of_fax on events (fax_id, id) where fax_id is not null;
create index events_of_item on events (outbox_id, id) where outbox_id is not null;
create index events_of_message on events (inbound_message_id, id) where inbound_message_id is not null;
create index events_of_key on events (key_id, id);

create table webhook_deliveries_of_all (
  endpoint_id text not null references webhook_endpoints (id) on delete cascade,
  event_id bigint not null,
  fax_id text references faxes (id) on delete cascade,
  outbox_id text references outbox (id) on delete cascade,
  inbound_message_id text references inbound_messages (id) on delete cascade,
  type text not null,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'dropped')),
  tries bigint not null default 0,
  last_status bigint,
  last_error text,
  created_at bigint not null,
  finished_at bigint,
  primary key (endpoint_id, event_id),
  check ((state = 'waiting') = (finished_at is null)),
  check ((fax_id is not null) + (outbox_id is not null) + (inbound_message_id is not null) = 1)
);

insert into webhook_deliveries_of_all (endpoint_id, event_id, fax_id, type, body, state, tries, last_status, last_error, created_at, finished_at)
select endpoint_id, event_id, fax_id, type, body, state, tries, last_status, last_error, created_at, finished_at from webhook_deliveries;
drop table webhook_deliveries;
alter table webhook_deliveries_of_all rename to webhook_deliveries;
create index webhook_deliveries_waiting on webhook_deliveries (endpoint_id, event_id) where state = 'waiting';
create index webhook_deliveries_finished on webhook_deliveries (finished_at) where finished_at is not null;
create index webhook_deliveries_of_fax on webhook_deliveries (fax_id) where fax_id is not null;
create index webhook_deliveries_of_item on webhook_deliveries (outbox_id) where outbox_id is not null;
create index webhook_deliveries_of_message on webhook_deliveries (inbound_message_id) where inbound_message_id is not null;
