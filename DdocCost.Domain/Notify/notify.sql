-- The outbox. Plain tables, not documents: rows here are claimed and counted on. Repeatable; only ever add.

create schema if not exists notify;

-- What there is to tell, written in the transaction of what it is about.
create table if not exists notify.facts (
    seq bigint generated always as identity primary key, -- the order in which a case's facts are told
    tenant_id text not null,
    fact_id uuid not null,                     -- derived from what it says: the same fact is written once
    account_id text not null,                  -- empty where it is about none
    thread_key text,                           -- the case, or null
    kind text not null,
    severity text not null,
    headline text not null,
    notice jsonb not null,
    targets text[],                            -- channels; null where the tenant's rules decide
    self_test boolean not null,
    seen_at timestamptz,                       -- when the delivery behind it was durable
    scored_at timestamptz,
    written_at timestamptz not null,
    route_at timestamptz not null,             -- not before: what changes often is gathered
    routed_at timestamptz,                     -- when its messages were written
    routing text,                              -- what the rules made of it, for a person
    unique (tenant_id, fact_id)
);
create index if not exists facts_open on notify.facts (route_at) where routed_at is null;
create index if not exists facts_thread on notify.facts (tenant_id, thread_key, seq) where thread_key is not null;
-- At most one change of a case waits; a newer one replaces it.
create unique index if not exists facts_changed on notify.facts (tenant_id, thread_key) where kind = 'case-changed' and routed_at is null;

-- One fact on its way to one channel. Claimed with a lease, one at a time within a thread.
create table if not exists notify.messages (
    tenant_id text not null,
    id uuid not null,                          -- derived from fact and channel; the idempotency key
    fact_seq bigint not null,
    channel_id text not null,
    thread_key text,
    kind text not null,
    state text not null,                       -- queued, held, sending, accepted, failed, discarded, superseded, collapsed
    held_by text,                              -- quiet-hours, panic; what holds it, or held it
    due_at timestamptz not null,
    queued_at timestamptz not null,
    first_claimed_at timestamptz,
    claimed_at timestamptz,                    -- latest attempt
    lease_until timestamptz,
    attempts integer not null default 0,
    accepted_at timestamptz,
    answer text,                               -- the server's, of the latest attempt
    rule text,                                 -- why it goes there
    fallbacks text[] not null default '{}',    -- where it goes next if this channel does not take it
    fell_from text,                            -- the channel that did not take it
    storm_id uuid,                             -- the message that tells it together with others
    resend_of uuid,                            -- the message that somebody sent again
    primary key (tenant_id, id)
) with (fillfactor = 70);
create index if not exists messages_due on notify.messages (due_at) where state in ('queued', 'sending');
create index if not exists messages_held on notify.messages (tenant_id, channel_id) where state = 'held';
create index if not exists messages_thread on notify.messages (tenant_id, channel_id, thread_key, fact_seq);
create index if not exists messages_recent on notify.messages (tenant_id, queued_at desc);
create index if not exists messages_fact on notify.messages (fact_seq);
create index if not exists messages_storm on notify.messages (storm_id) where storm_id is not null;
-- A fact reaches a channel once, on whatever way.
create unique index if not exists messages_once on notify.messages (tenant_id, fact_seq, channel_id) where resend_of is null;
-- A case opens once on a channel, whatever happens.
create unique index if not exists messages_opened on notify.messages (tenant_id, channel_id, thread_key) where kind = 'case-opened' and resend_of is null;

-- What later messages of a thread refer to.
create table if not exists notify.threads (
    tenant_id text not null,
    channel_id text not null,
    thread_key text not null,
    handle text not null,
    primary key (tenant_id, channel_id, thread_key)
);

-- Cases that somebody must have acknowledged by a time.
create table if not exists notify.escalations (
    tenant_id text not null,
    thread_key text not null,
    rule text not null,
    due_at timestamptz not null,
    minutes integer not null,
    targets text[] not null,
    done_at timestamptz,
    outcome text,
    primary key (tenant_id, thread_key, rule)
);
create index if not exists escalations_due on notify.escalations (due_at) where done_at is null;

-- What does not work, while it does not; told once when it begins and once when it ends.
create table if not exists notify.alarms (
    tenant_id text not null,
    subject text not null,
    since timestamptz not null,
    title text not null,
    over_at timestamptz,
    primary key (tenant_id, subject, since)
);
create unique index if not exists alarms_open on notify.alarms (tenant_id, subject) where over_at is null;

-- How often an account is heard of, and whether what came is scored.
create table if not exists notify.trail_habits (
    tenant_id text not null,
    account_id text not null,
    sent_seq bigint not null,                  -- as last seen
    applied_seq bigint not null,
    applied_at timestamptz not null,           -- since when that has not moved
    heard_at timestamptz not null,
    known_since timestamptz not null,
    days integer[] not null,
    longest real[] not null,                   -- seconds, by day
    primary key (tenant_id, account_id)
);
