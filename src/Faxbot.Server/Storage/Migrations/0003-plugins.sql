-- Each change of a plugin's settings is a row; the highest revision is in force. Two who change the same revision want the same key, and one
-- of them gets it. settings holds *** where a secret stands; secrets are sealed. limits are the operator's, as JSON.
create table plugin_revisions (
  plugin_id text not null,
  revision bigint not null check (revision > 0),
  enabled bigint not null check (enabled in (0, 1)),
  settings text not null,
  secrets {octets} not null,
  limits text not null,
  changed_at bigint not null,
  changed_by text,
  primary key (plugin_id, revision)
);
