-- The part of pgmq's interface that this product uses, written from its documentation: same schema, names, arguments and results, so that
-- the upstream extension (https://github.com/pgmq/pgmq) can take its place. For servers and machines that do not offer the extension.
-- At-least-once: a message that was read is hidden for a while and comes back unless it is deleted or archived. Repeatable.

create schema if not exists pgmq;

create table if not exists pgmq.meta (
    queue_name varchar primary key,
    is_partitioned boolean not null default false,
    is_unlogged boolean not null default false,
    created_at timestamptz not null default now()
);

do $$ begin
    create type pgmq.message_record as (
        msg_id bigint, read_ct integer, enqueued_at timestamptz, last_read_at timestamptz, vt timestamptz, message jsonb, headers jsonb);
exception when duplicate_object then null;
end $$;

do $$ begin
    create type pgmq.metrics_result as (
        queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer,
        total_messages bigint, scrape_time timestamptz, queue_visible_length bigint);
exception when duplicate_object then null;
end $$;

-- Queue names become table names, so nothing but plain ones.
create or replace function pgmq.ddoc_table(prefix text, queue_name text) returns text language plpgsql immutable as $$
begin
    if queue_name !~ '^[a-z0-9_]{1,47}$' then
        raise exception 'queue name must be 1 to 47 characters of a-z, 0-9 and _: %', queue_name;
    end if;
    return format('pgmq.%I', prefix || queue_name);
end $$;

create or replace function pgmq."create"(queue_name text) returns void language plpgsql as $$
declare
    q text := pgmq.ddoc_table('q_', queue_name);
    a text := pgmq.ddoc_table('a_', queue_name);
begin
    execute format(
        'create table if not exists %s (
            msg_id bigint primary key generated always as identity,
            read_ct integer not null default 0,
            enqueued_at timestamptz not null default now(),
            last_read_at timestamptz,
            vt timestamptz not null,
            message jsonb,
            headers jsonb)', q);
    execute format('create index if not exists %I on %s (vt)', 'q_' || queue_name || '_vt_idx', q);
    execute format(
        'create table if not exists %s (
            msg_id bigint primary key,
            read_ct integer not null default 0,
            enqueued_at timestamptz not null default now(),
            last_read_at timestamptz,
            archived_at timestamptz not null default now(),
            vt timestamptz not null,
            message jsonb,
            headers jsonb)', a);
    insert into pgmq.meta (queue_name) values (queue_name) on conflict do nothing;
end $$;

create or replace function pgmq.drop_queue(queue_name text) returns boolean language plpgsql as $$
begin
    execute format('drop table if exists %s', pgmq.ddoc_table('q_', queue_name));
    execute format('drop table if exists %s', pgmq.ddoc_table('a_', queue_name));
    delete from pgmq.meta m where m.queue_name = drop_queue.queue_name;
    return found;
end $$;

create or replace function pgmq.list_queues()
returns table (queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz) language sql stable as $$
    select m.queue_name, m.is_partitioned, m.is_unlogged, m.created_at from pgmq.meta m order by m.queue_name;
$$;

create or replace function pgmq.send_batch(queue_name text, msgs jsonb[], headers jsonb[], delay timestamptz) returns setof bigint
language plpgsql as $$
begin
    -- Identity values are drawn in the order of the array.
    return query execute format(
        'insert into %s (vt, message, headers)
         select $3, u.message, u.headers from unnest($1, $2) with ordinality as u (message, headers, n) order by u.n
         returning msg_id', pgmq.ddoc_table('q_', queue_name))
    using msgs, coalesce(headers, array[]::jsonb[]), delay;
end $$;

create or replace function pgmq.send_batch(queue_name text, msgs jsonb[], headers jsonb[], delay integer) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, msgs, headers, clock_timestamp() + make_interval(secs => delay));
$$;
create or replace function pgmq.send_batch(queue_name text, msgs jsonb[], headers jsonb[]) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, msgs, headers, clock_timestamp());
$$;
create or replace function pgmq.send_batch(queue_name text, msgs jsonb[], delay integer) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, msgs, null::jsonb[], delay);
$$;
create or replace function pgmq.send_batch(queue_name text, msgs jsonb[]) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, msgs, null::jsonb[], clock_timestamp());
$$;

create or replace function pgmq.send(queue_name text, msg jsonb, headers jsonb, delay integer) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, array[msg], array[headers], delay);
$$;
create or replace function pgmq.send(queue_name text, msg jsonb, headers jsonb) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, array[msg], array[headers]);
$$;
create or replace function pgmq.send(queue_name text, msg jsonb, delay integer) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, array[msg], delay);
$$;
create or replace function pgmq.send(queue_name text, msg jsonb) returns setof bigint language sql as $$
    select pgmq.send_batch(queue_name, array[msg]);
$$;

create or replace function pgmq.read(queue_name text, vt integer, qty integer, conditional jsonb default '{}') returns setof pgmq.message_record
language plpgsql as $$
declare
    q text := pgmq.ddoc_table('q_', queue_name);
begin
    return query execute format(
        'with due as materialized (
            select msg_id from %1$s where vt <= clock_timestamp() and ($3 = ''{}'' or message @> $3)
            order by msg_id limit $1 for update skip locked),
         taken as (
            update %1$s m set last_read_at = clock_timestamp(), vt = clock_timestamp() + make_interval(secs => $2), read_ct = read_ct + 1
            from due where m.msg_id = due.msg_id
            returning m.msg_id, m.read_ct, m.enqueued_at, m.last_read_at, m.vt, m.message, m.headers)
         select * from taken order by msg_id', q)
    using qty, vt, conditional;
end $$;

create or replace function pgmq.set_vt(queue_name text, msg_ids bigint[], vt integer) returns setof pgmq.message_record language plpgsql as $$
begin
    return query execute format(
        'update %s m set vt = clock_timestamp() + make_interval(secs => $2) where m.msg_id = any ($1)
         returning m.msg_id, m.read_ct, m.enqueued_at, m.last_read_at, m.vt, m.message, m.headers', pgmq.ddoc_table('q_', queue_name))
    using msg_ids, vt;
end $$;
create or replace function pgmq.set_vt(queue_name text, msg_id bigint, vt integer) returns setof pgmq.message_record language sql as $$
    select pgmq.set_vt(queue_name, array[msg_id], vt);
$$;

create or replace function pgmq.delete(queue_name text, msg_ids bigint[]) returns setof bigint language plpgsql as $$
begin
    return query execute format('delete from %s where msg_id = any ($1) returning msg_id', pgmq.ddoc_table('q_', queue_name)) using msg_ids;
end $$;
create or replace function pgmq.delete(queue_name text, msg_id bigint) returns boolean language sql as $$
    select exists (select from pgmq.delete(queue_name, array[msg_id]));
$$;

create or replace function pgmq.archive(queue_name text, msg_ids bigint[]) returns setof bigint language plpgsql as $$
begin
    return query execute format(
        'with gone as (
            delete from %s where msg_id = any ($1) returning msg_id, vt, read_ct, enqueued_at, last_read_at, message, headers)
         insert into %s (msg_id, vt, read_ct, enqueued_at, last_read_at, message, headers) select * from gone returning msg_id',
        pgmq.ddoc_table('q_', queue_name), pgmq.ddoc_table('a_', queue_name))
    using msg_ids;
end $$;
create or replace function pgmq.archive(queue_name text, msg_id bigint) returns boolean language sql as $$
    select exists (select from pgmq.archive(queue_name, array[msg_id]));
$$;

create or replace function pgmq.purge_queue(queue_name text) returns bigint language plpgsql as $$
declare
    purged bigint;
begin
    execute format('delete from %s', pgmq.ddoc_table('q_', queue_name));
    get diagnostics purged = row_count;
    return purged;
end $$;

create or replace function pgmq.metrics(queue_name text) returns pgmq.metrics_result language plpgsql as $$
declare
    result pgmq.metrics_result;
begin
    execute format(
        'select $1, count(*), extract(epoch from clock_timestamp() - max(enqueued_at))::integer,
                extract(epoch from clock_timestamp() - min(enqueued_at))::integer,
                coalesce((select last_value from pg_sequences
                          where schemaname = ''pgmq'' and sequencename = %L), 0),
                clock_timestamp(), count(*) filter (where vt <= clock_timestamp())
         from %s', 'q_' || queue_name || '_msg_id_seq', pgmq.ddoc_table('q_', queue_name))
    into result using queue_name;
    return result;
end $$;
