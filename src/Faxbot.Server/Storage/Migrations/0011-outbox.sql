-- Short outgoing items that are no faxes: kind says what. content is sealed; document is a content of the store, where the kind has one. A lease
-- says which gateway is handing an item over; lease_number rises with each, so that a gateway which lost its lease cannot write any more. turn says
-- what a queued item waits for: its time, the next claim, one of the plugins that waits_for names. look_at is when the plugin is asked what became of
-- it, doubt_since since when nobody can tell. settled_at: nothing more is expected, so retention counts from there.
create table outbox (
  id text primary key,
  kind text not null,
  key_id text not null,
  idempotency_key text,
  request_hash text,
  to_number text not null,
  from_number text,
  content {octets} not null,
  document text,
  options text not null,
  state text not null check (state in ('queued', 'submitting', 'accepted', 'sent', 'delivered', 'undelivered', 'cancelled', 'unknown')),
  turn text not null check (turn in ('later', 'ready', 'plugin')),
  waits_for text,
  plan text,
  outcome_class text,
  outcome text,
  plugin_id text,
  provider_id text,
  attempts bigint not null default 0,
  cancel_requested bigint not null default 0 check (cancel_requested in (0, 1)),
  due_at bigint not null,
  look_at bigint,
  doubt_since bigint,
  created_at bigint not null,
  updated_at bigint not null,
  settled_at bigint,
  lease_owner text,
  lease_until bigint,
  lease_number bigint not null default 0,
  check (state not in ('delivered', 'undelivered', 'cancelled') or settled_at is not null),
  check (state not in ('queued', 'submitting') or settled_at is null),
  check (state not in ('delivered', 'undelivered', 'cancelled', 'unknown') or outcome is not null),
  check ((lease_owner is null) = (lease_until is null)),
  check ((state = 'submitting') = (lease_owner is not null)),
  check ((turn = 'plugin') = (waits_for is not null))
);

create index outbox_later on outbox (due_at) where state = 'queued' and turn = 'later';
create index outbox_ready on outbox (due_at, id) where state = 'queued' and turn = 'ready';
create index outbox_behind_plugin on outbox (waits_for, due_at) where state = 'queued' and turn = 'plugin';
create index outbox_leased on outbox (lease_owner) where lease_owner is not null;
create index outbox_watched on outbox (look_at) where look_at is not null;
create index outbox_settled on outbox (settled_at) where settled_at is not null;
create index outbox_of_key on outbox (key_id, id);
create index outbox_to_number on outbox (to_number, id);
create index outbox_of_document on outbox (document) where document is not null;
create unique index outbox_idempotency on outbox (kind, key_id, idempotency_key) where idempotency_key is not null;

-- One row per attempt, written before the plugin is called; at most one of an item is open. lease_number is the item's when it began.
create table outbox_attempts (
  id text primary key,
  item_id text not null references outbox (id) on delete cascade,
  number bigint not null,
  plugin_id text not null,
  plugin_version text not null,
  settings_revision bigint not null,
  gateway text not null,
  state text not null check (state in ('submitting', 'accepted', 'sent', 'ended')),
  lease_number bigint not null,
  provider_id text,
  submitted_at bigint not null,
  accepted_at bigint,
  sent_at bigint,
  ended_at bigint,
  outcome_class text,
  outcome text,
  cost text,
  unique (item_id, number),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (outcome is not null))
);

create index outbox_attempts_of_provider on outbox_attempts (plugin_id, provider_id) where provider_id is not null;
create index outbox_attempts_submitting on outbox_attempts (plugin_id) where state = 'submitting';
create unique index outbox_attempts_open on outbox_attempts (item_id) where state <> 'ended';

-- What was told of an item before its attempt was known by that id: the provider was faster than its own answer.
create table outbox_early_reports (
  plugin_id text not null,
  provider_id text not null,
  report text not null,
  at bigint not null,
  primary key (plugin_id, provider_id)
);

create index outbox_early_reports_by_age on outbox_early_reports (at);

-- When the next item may be handed to a plugin that takes only so many a second, or that pauses.
create table outbox_paces (
  plugin_id text primary key,
  next_at bigint not null
);
