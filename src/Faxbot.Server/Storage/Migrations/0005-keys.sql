-- One row per API key. Only digests of secrets are kept; previous_digest is the one before the last rotation, valid until previous_until.
create table api_keys (
  id text primary key,
  digest {octets} not null,
  previous_digest {octets},
  previous_until bigint,
  name text not null,
  owner text,
  note text,
  scopes text not null,
  created_at bigint not null,
  expires_at bigint,
  rotated_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  check ((previous_digest is null) = (previous_until is null))
);

-- Secrets of the gateway's own, sealed under the key ring: made once, the same for all gateways that share the rows.
create table gateway_secrets (
  name text primary key,
  sealed {octets} not null
);
