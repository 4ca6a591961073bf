-- Where callers are told what happens to their faxes. for_faxes marks an address that a fax named itself; it is signed with the key's secret and has
-- none of its own. next_at says when the oldest waiting delivery may be tried: deliveries of an endpoint go one after the other, in order.
create table webhook_endpoints (
  id text primary key,
  key_id text not null,
  url text not null,
  sealed_secret {octets},
  events text not null,
  for_faxes bigint not null check (for_faxes in (0, 1)),
  note text,
  enabled bigint not null check (enabled in (0, 1)),
  disabled_reason text,
  failures bigint not null default 0,
  failing_since bigint,
  next_at bigint,
  lease_until bigint,
  created_at bigint not null,
  updated_at bigint not null,
  check ((for_faxes = 1) = (sealed_secret is null))
);

create index webhook_endpoints_of_key on webhook_endpoints (key_id, created_at desc);
create index webhook_endpoints_due on webhook_endpoints (next_at) where enabled = 1 and next_at is not null;
create unique index webhook_endpoints_of_faxes on webhook_endpoints (key_id, url) where for_faxes = 1;

create table webhook_deliveries (
  endpoint_id text not null references webhook_endpoints (id) on delete cascade,
  event_id bigint not null,
  fax_id text not null references faxes (id) on delete cascade,
  type text not null,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'dropped')),
  tries bigint not null default 0,
  last_status bigint,
  last_error text,
  created_at bigint not null,
  finished_at bigint,
  primary key (endpoint_id, event_id),
  check ((state = 'waiting') = (finished_at is null))
);

create index webhook_deliveries_waiting on webhook_deliveries (endpoint_id, event_id) where state = 'waiting';
create index webhook_deliveries_finished on webhook_deliveries (finished_at) where finished_at is not null;
create index webhook_deliveries_of_fax on webhook_deliveries (fax_id);

-- The last event for which deliveries were written.
create table webhook_cursor (
  id bigint primary key check (id = 1),
  event_id bigint not null
);

insert into webhook_cursor (id, event_id) values (1, 0);
