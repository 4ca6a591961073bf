-- One row per received text message; content is sealed. A provider may tell of one message twice.
create table inbound_messages (
  id text primary key,
  plugin_id text not null,
  provider_id text not null,
  from_number text not null,
  to_number text not null,
  content {octets} not null,
  received_at bigint not null,
  created_at bigint not null,
  unique (plugin_id, provider_id)
);

create index inbound_messages_from on inbound_messages (from_number, id);
create index inbound_messages_to on inbound_messages (to_number, id);
create index inbound_messages_by_age on inbound_messages (created_at);

-- Messages that wait at a provider until they are fetched; the row goes when the message is there. next_at is when it is tried (again).
create table inbound_message_notices (
  plugin_id text not null,
  provider_id text not null,
  tries bigint not null default 0,
  next_at bigint not null,
  primary key (plugin_id, provider_id)
);

create index inbound_message_notices_due on inbound_message_notices (next_at);

-- Who does not want to be written or faxed to any more. source says how that came: by a message, or by the API.
create table opt_outs (
  number text primary key,
  source text not null check (source in ('message', 'api')),
  message_id text,
  key_id text,
  note text,
  created_at bigint not null
);

create index opt_outs_newest on opt_outs (created_at desc, number);
