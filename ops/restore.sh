#!/usr/bin/env bash
# Brings back what ops/backup.sh wrote, into an empty place, and compares. For whoever runs dd0c/cost; see --help.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=store.sh
source "$(dirname "${BASH_SOURCE[0]}")/store.sh"

usage() {
    cat <<'END'
Usage: ops/restore.sh FILE [--identity FILE] [--replace] [--list] [--compose | --systemd | --direct]

  --identity FILE   the key that opens it (BACKUP_IDENTITY; default backup-identity beside the master key)
  --replace         deletes what the database holds now; without it a database that is not empty is refused
  --list            only shows what is in it, and whether it is whole

Stops the services (compose, systemd) first; start them again when it says that all is equal.
END
}

file="" identity=${BACKUP_IDENTITY:-} replace=false list=false
while [ $# -gt 0 ]; do
    case $1 in
        --identity) identity=${2:?--identity needs a file} && shift ;;
        --replace) replace=true ;;
        --list) list=true ;;
        -h | --help) usage && exit 0 ;;
        -*) take_mode "$1" || { usage >&2 && fail "unknown argument: $1"; } ;;
        *) file=$1 ;;
    esac
    shift
done
[ -n "$file" ] || { usage >&2 && fail "which file?"; }
[ -f "$file" ] || fail "there is no file $file"
file=$(realpath "$file")
umask 077
prepare_mode
identity=${identity:-$(keys_folder)/backup-identity}
[ -s "$identity" ] || fail "there is no key at $identity; say --identity FILE"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Opening"
age -d -i "$identity" "$file" | tar -C "$work" -xf - || fail "the file does not open with this key, or is damaged; nothing was changed"
(cd "$work" && sha256sum --quiet --check sums) || fail "the file is damaged; nothing was changed"
cat "$work/manifest"
if [ "$list" = true ]; then
    cat "$work/digests"
    exit 0
fi

stop_services() {
    case $mode in
        compose)
            docker compose stop ingestion scorer zombie-hunter app
            docker compose up -d --wait postgres
            docker compose create app # its volumes take the archive
            ;;
        systemd) systemctl stop ddoc-app.service 'ddoc-jobs@*' ;;
    esac
}

# Keys of another installation are never overwritten unseen.
restore_keys() {
    local name target
    mkdir -p "$(keys_folder)"
    for name in "$work"/keys/*; do
        target=$(keys_folder)/$(basename "$name")
        if [ -s "$target" ] && ! cmp -s "$name" "$target"; then
            [ "$replace" = true ] || fail "$target holds another key; nothing was changed. --replace puts the key of the backup in its place"
            cp "$target" "$target.before-restore"
        fi
        cp "$name" "$target"
        [ "$mode" != compose ] || chmod 444 "$target"
    done
}

say "Stopping services"
stop_services
tables=$(query "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')") || fail "the database does not answer"
if [ "$tables" != 0 ]; then
    [ "$replace" = true ] || fail "the database is not empty ($tables tables); nothing was changed. --replace deletes what it holds"
fi
restore_keys
if [ "$tables" != 0 ]; then
    say "Emptying the database"
    query "do \$\$ declare s text; begin
        drop extension if exists pgmq cascade;
        for s in select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema') loop execute format('drop schema %I cascade', s); end loop;
        create schema public; alter schema public owner to pg_database_owner; end \$\$" >/dev/null 2>&1 || fail "the database could not be emptied"
fi
say "Database"
as_owner=()
[ "$mode" != systemd ] || as_owner=(--role=ddoccost) # else it would all be the administrator's
database pg_restore "${as_owner[@]}" --no-owner --no-privileges --exit-on-error --single-transaction <"$work/database.dump" || fail "the database could not be restored; it is as empty as before"
if [ -s "$work/pgmq-meta" ]; then
    { echo 'truncate pgmq.meta; copy pgmq.meta from stdin;'; cat "$work/pgmq-meta"; echo '\.'; } | database psql -qAtX -v ON_ERROR_STOP=1 || fail "the names of the queues could not be restored"
fi
if [ -f "$work/archive.tar" ]; then
    say "Archive"
    archive_in <"$work/archive.tar"
fi

say "Comparing"
digest_query | database psql -qAtX -v ON_ERROR_STOP=1 >"$work/now"
if ! diff "$work/digests" "$work/now" >"$work/differences"; then
    cat "$work/differences" >&2
    fail "what was restored is not what was saved (< saved, > restored)"
fi
if [ -f "$work/archive.tar" ]; then
    archive_out | tar -tf - | grep -v '/$' | sort >"$work/objects-now"
    tar -tf "$work/archive.tar" | grep -v '/$' | sort >"$work/objects" || true
    [ -z "$(comm -23 "$work/objects" "$work/objects-now")" ] || fail "objects of the archive are missing after the restore"
    say "$(wc -l <"$work/objects") objects in the archive"
fi
say "Restored and equal: $(wc -l <"$work/digests") tables. Start it: $(case $mode in compose) echo 'docker compose up -d' ;; systemd) echo "systemctl start ddoc-app.service 'ddoc-jobs@ingestion' 'ddoc-jobs@scorer' 'ddoc-jobs@zombie-hunter'" ;; *) echo 'as you do' ;; esac)"
