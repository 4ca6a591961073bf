-- Faxes that wait at a provider until they are fetched; the row goes when the fax is in the inbox. next_at is when it is tried (again).
create table inbound_notices (
  plugin_id text not null,
  provider_id text not null,
  notice text not null,
  tries bigint not null default 0,
  next_at bigint not null,
  primary key (plugin_id, provider_id)
);

create index inbound_notices_due on inbound_notices (next_at);
