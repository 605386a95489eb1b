-- Bills that people imported, beside our estimates. Plain tables: rows are sums, replaced a month at a time. Repeatable; only ever add.

create schema if not exists bills;

-- Each import that was taken in.
create table if not exists bills.imports (
    tenant_id text not null,
    hash text not null,                        -- of the content of all its files
    imported_at timestamptz not null,
    imported_by text not null,
    files text[] not null,                     -- as they were called
    format text not null,
    lines bigint not null,
    refused bigint not null,
    reasons jsonb not null,
    primary key (tenant_id, hash)
);

-- Which import a month's bill of a payer comes from; the latest one replaces those before.
create table if not exists bills.periods (
    tenant_id text not null,
    payer text not null,
    period date not null,                      -- first day of the month
    import_hash text not null,
    through date not null,                     -- last day of usage on the bill
    compared_at timestamptz,
    primary key (tenant_id, payer, period)
);

-- Billed by account, service, resource and day.
create table if not exists bills.days (
    tenant_id text not null,
    payer text not null,
    period date not null,
    account_id text not null,
    service text not null,
    resource_id text not null,
    resource_key text not null,                -- what it is compared by
    day date not null,
    is_usage boolean not null,                 -- else tax, credit, fee
    billed_usd numeric not null,
    list_usd numeric                           -- null where the bill does not tell
);
create index if not exists days_period on bills.days (tenant_id, period, payer);
create index if not exists days_account on bills.days (tenant_id, account_id, day);

-- Estimate beside bill, of the days that both cover.
create table if not exists bills.compared (
    tenant_id text not null,
    period date not null,
    account_id text not null,
    service text not null,
    resource_key text not null,
    resource_id text not null,
    billed_usd numeric not null,
    list_usd numeric,
    estimated_usd numeric not null,
    both_billed_usd numeric not null,          -- of days on which there is a bill and an estimate
    both_estimated_usd numeric not null,
    both_days integer not null
);
create index if not exists compared_period on bills.compared (tenant_id, period, service);

create table if not exists bills.compared_days (
    tenant_id text not null,
    period date not null,
    account_id text not null,
    service text not null,
    day date not null,
    billed_usd numeric not null,
    estimated_usd numeric not null
);
create index if not exists compared_days_period on bills.compared_days (tenant_id, period, service);

-- What AWS Cost Anomaly Detection told, and when we first heard of it.
create table if not exists bills.anomalies (
    tenant_id text not null,
    id text not null,                          -- AWS's
    account_id text not null,
    service text not null,                     -- as CloudTrail names it
    region text not null,
    began date not null,
    ended date,                                -- null while it goes on
    impact_usd numeric not null,
    seen_at timestamptz not null,
    not_seen_at timestamptz,                   -- when it was last asked for before and not told
    primary key (tenant_id, id)
);

create table if not exists bills.anomalies_asked (
    tenant_id text not null,
    account_id text not null,
    asked_at timestamptz not null,
    primary key (tenant_id, account_id)
);
