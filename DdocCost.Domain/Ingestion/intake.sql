-- Where deliveries and accounts stand. Plain tables, not documents: rows here are locked and counted on. Repeatable; only ever add.

create schema if not exists pipeline;

-- One row an account. Its row lock orders the senders; the two sequences fence the consumer.
create table if not exists pipeline.accounts (
    tenant_id text not null,
    account_id text not null,
    sent_seq bigint not null default 0,        -- number of the last delivery put into the queue
    applied_seq bigint not null default 0,     -- number of the last one whose effect is stored
    gap_since timestamptz,                     -- since when a delivery is missing in the effect, because it was given up
    records bigint not null default 0,         -- what has been read, by outcome; records is the sum of the four
    cost_bearing bigint not null default 0,
    free bigint not null default 0,
    quarantined bigint not null default 0,
    duplicates bigint not null default 0,
    priced bigint not null default 0,          -- of the cost-bearing
    unpriced bigint not null default 0,
    primary key (tenant_id, account_id)
) with (fillfactor = 50);

-- Every delivery that was taken in, once for its content.
create table if not exists pipeline.deliveries (
    tenant_id text not null,
    content_hash bytea not null,               -- SHA-256 of the bytes as they came
    source text not null,
    name text not null,
    taken_at timestamptz not null,
    bytes bigint not null,                     -- as they came
    records bigint not null,
    rejected bigint not null,
    archive_keys text[] not null,
    remarks text[] not null,
    primary key (tenant_id, content_hash)
);
create index if not exists deliveries_taken_at on pipeline.deliveries using brin (taken_at);

-- The read position of a source that has files: what was taken, as it was then.
create table if not exists pipeline.source_files (
    tenant_id text not null,
    source text not null,
    path text not null,
    bytes bigint not null,
    modified_at timestamptz not null,
    primary key (tenant_id, source, path)
);

-- What each source has brought, counted in the transaction that takes it in.
create table if not exists pipeline.sources (
    tenant_id text not null,
    source text not null,
    last_delivery_at timestamptz not null,
    deliveries bigint not null,
    records bigint not null,
    rejected bigint not null,
    delays bigint[] not null,                  -- records by how late they came (DelayHistogram); halved with each new hour
    primary key (tenant_id, source)
) with (fillfactor = 50);

-- Deliveries that could not be scored however often it was tried. The account has a gap until somebody looks.
create table if not exists pipeline.dead_letters (
    tenant_id text not null,
    account_id text not null,
    sequence bigint not null,
    archive_key text not null,
    delivery text not null,
    reason text not null,
    attempts integer not null,
    given_up_at timestamptz not null,
    primary key (tenant_id, account_id, sequence)
);

-- Counts how often an account's state was made anew beside its lane (reprocess): part of the fence, so that whoever has it in memory reads it again.
alter table pipeline.accounts add column if not exists epoch bigint not null default 0;
