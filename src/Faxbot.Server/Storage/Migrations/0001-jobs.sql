-- One row per fax. A lease says which gateway works on it and until when; lease_number rises with each claim, so that a gateway
-- which lost its lease cannot write any more. turn says what a queued fax waits for: its time, the next claim, the end of another
-- call to its number, a free channel of the trunk waits_for. So a claim reads only rows that it can use. plan is what the last
-- attempt taught for the next one.
create table faxes (
  id text primary key,
  key_id text not null,
  idempotency_key text,
  request_hash text,
  to_number text not null,
  from_number text,
  document text not null,
  media_type text not null,
  pages bigint,
  options text not null,
  priority bigint not null default 0,
  state text not null check (state in ('queued', 'preparing', 'submitting', 'in_progress', 'success', 'failed', 'cancelled', 'unknown')),
  turn text not null check (turn in ('later', 'ready', 'number', 'trunk')),
  waits_for text,
  plan text,
  outcome_class text,
  outcome text,
  plugin_id text,
  provider_id text,
  dials bigint not null default 0,
  tries bigint not null default 0,
  confirmed_pages bigint not null default 0,
  cancel_requested bigint not null default 0 check (cancel_requested in (0, 1)),
  resend_of text,
  due_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  finished_at bigint,
  lease_owner text,
  lease_until bigint,
  lease_number bigint not null default 0,
  check ((state in ('success', 'failed', 'cancelled')) = (finished_at is not null)),
  check (state not in ('success', 'failed', 'cancelled', 'unknown') or outcome is not null),
  check ((lease_owner is null) = (lease_until is null)),
  check ((state in ('preparing', 'submitting', 'in_progress')) = (lease_owner is not null)),
  check ((turn = 'trunk') = (waits_for is not null))
);

create index faxes_later on faxes (due_at) where state = 'queued' and turn = 'later';
create index faxes_ready on faxes (priority desc, due_at, id) where state = 'queued' and turn = 'ready';
create index faxes_behind_number on faxes (to_number, priority desc, due_at) where state = 'queued' and turn = 'number';
create index faxes_behind_trunk on faxes (waits_for, priority desc, due_at) where state = 'queued' and turn = 'trunk';
create index faxes_leased on faxes (lease_owner, lease_until) where lease_owner is not null;
create index faxes_of_key on faxes (key_id, created_at desc, id desc);
create index faxes_newest on faxes (created_at desc, id desc);
create unique index faxes_idempotency on faxes (key_id, idempotency_key) where idempotency_key is not null;

-- One row per attempt, written before the plugin is called; at most one of a fax is open. dialled_at is written before the first packet
-- leaves through a line of the gateway's own: where only_line is set, nothing left without it. lease_number is the fax's when it began.
create table attempts (
  id text primary key,
  fax_id text not null references faxes (id) on delete cascade,
  number bigint not null,
  plugin_id text not null,
  plugin_version text not null,
  settings_revision bigint not null,
  gateway text not null,
  state text not null check (state in ('submitting', 'in_progress', 'ended')),
  lease_number bigint not null,
  only_line bigint not null check (only_line in (0, 1)),
  first_page bigint not null,
  provider_id text,
  submitted_at bigint not null,
  dialled_at bigint,
  ended_at bigint,
  outcome_class text,
  outcome text,
  cost text,
  unique (fax_id, number),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (outcome is not null))
);

create index attempts_of_provider on attempts (plugin_id, provider_id) where provider_id is not null;
create index attempts_running on attempts (plugin_id) where state <> 'ended';
create unique index attempts_open on attempts (fax_id) where state <> 'ended';

-- A status of a fax that no attempt is known for yet: the provider was faster than its own answer.
create table early_statuses (
  plugin_id text not null,
  provider_id text not null,
  status text not null,
  at bigint not null,
  primary key (plugin_id, provider_id)
);

create index early_statuses_by_age on early_statuses (at);

create table attempt_pages (
  attempt_id text not null references attempts (id) on delete cascade,
  page bigint not null,
  state text not null check (state in ('sending', 'sent', 'confirmed', 'rejected')),
  at bigint not null,
  evidence text,
  primary key (attempt_id, page)
);

-- One call per destination at a time: who has the row may dial.
create table number_holds (
  to_number text primary key,
  fax_id text not null unique references faxes (id) on delete cascade
);

-- When the next call may begin over a trunk that takes only so many a second.
create table trunk_paces (
  plugin_id text primary key,
  next_call_at bigint not null
);

-- What is known of a destination: enough to stop calling a number that is dead or is no fax machine, and to count the calls of an hour.
create table numbers (
  to_number text primary key,
  reached_at bigint,
  dead_at bigint,
  not_fax_calls bigint not null default 0,
  not_fax_at bigint,
  no_t38_until bigint,
  window_from bigint not null default 0,
  window_dials bigint not null default 0
);

-- What happened, in order, for people, server-sent events and webhooks.
create table events (
  id {identity},
  fax_id text not null references faxes (id) on delete cascade,
  key_id text not null,
  at bigint not null,
  type text not null,
  data text not null
);

create index events_of_fax on events (fax_id, id);
create index events_of_key on events (key_id, id);

create table routes (
  id text primary key,
  prefix text not null,
  plugin_id text not null,
  rank bigint not null,
  cost bigint not null default 0,
  enabled bigint not null check (enabled in (0, 1)),
  created_at bigint not null
);
