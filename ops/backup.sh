#!/usr/bin/env bash
# Writes one encrypted file with the database, the master key and the archive. For whoever runs dd0c/cost, and its timer; see --help.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=store.sh
source "$(dirname "${BASH_SOURCE[0]}")/store.sh"

usage() {
    cat <<'END'
Usage: ops/backup.sh [--to FOLDER] [--recipient KEY]... [--keep NUMBER] [--no-archive] [--compose | --systemd | --direct]

  --to FOLDER       where the file goes (BACKUP_FOLDER; default backups/ beside ops/, or /var/backups/ddoc-cost)
  --recipient KEY   an age or SSH public key that can open it (BACKUP_RECIPIENTS, by spaces). Without one a key of its own is made,
                    backup-identity beside the master key: copy it to another place, or the backup opens for nobody
  --keep NUMBER     deletes older files but for so many (BACKUP_KEEP; default 14; 0 keeps all)
  --no-archive      without the raw archive, where that lies on S3 or is copied otherwise

The database is copied first, the archive after it: objects are never changed, so all that the database names is in the copy.
Restore with ops/restore.sh; try it before you need it.
END
}

to=${BACKUP_FOLDER:-} keep=${BACKUP_KEEP:-14} with_archive=true recipients=()
read -r -a recipients <<<"${BACKUP_RECIPIENTS:-}"
while [ $# -gt 0 ]; do
    case $1 in
        --to) to=${2:?--to needs a folder} && shift ;;
        --recipient) recipients+=("${2:?--recipient needs a key}") && shift ;;
        --keep) keep=${2:?--keep needs a number} && shift ;;
        --no-archive) with_archive=false ;;
        -h | --help) usage && exit 0 ;;
        *) take_mode "$1" || { usage >&2 && fail "unknown argument: $1"; } ;;
    esac
    shift
done
[[ $keep =~ ^[0-9]+$ ]] || fail "--keep needs a number"
umask 077
prepare_mode
[ -n "$to" ] || { if [ "$mode" = compose ]; then to=$root/backups; else to=/var/backups/ddoc-cost; fi; }
command -v age >/dev/null || fail "age is missing: apt-get install age (or https://age-encryption.org)"
mkdir -p "$to"
[ -n "$(key_files)" ] || fail "there is no master-key in $(keys_folder): without it a backup could not be opened again"

if [ ${#recipients[@]} = 0 ]; then
    identity=$(keys_folder)/backup-identity
    if [ ! -s "$identity" ]; then
        age-keygen -o "$identity" 2>/dev/null
        say "Made $identity, which opens the backups. Copy it to another place now"
    fi
    recipients=("$(age-keygen -y "$identity")")
fi
to_recipients=()
for recipient in "${recipients[@]}"; do to_recipients+=(-r "$recipient"); done

work=$(mktemp -d "$to/.backup.XXXXXX")
trap 'rm -rf "$work"' EXIT

# One snapshot for the copy and for the sums that a restore is compared with: a transaction that stays open meanwhile.
copy_database() {
    mkfifo "$work/ask" "$work/answer"
    database psql -qAtX -v ON_ERROR_STOP=1 <"$work/ask" >"$work/answer" 2>"$work/psql.log" &
    local psql=$! snapshot line
    exec 7>"$work/ask" 8<"$work/answer"
    printf 'set idle_in_transaction_session_timeout = 0; set statement_timeout = 0;\nbegin isolation level repeatable read read only;\nselect pg_export_snapshot();\n' >&7
    read -r snapshot <&8 || fail "the database does not answer: $(cat "$work/psql.log")"
    database pg_dump --snapshot="$snapshot" --format=custom --compress=6 --no-owner --no-privileges >"$work/database.dump" || fail "pg_dump failed"
    digest_query >&7
    printf '\\echo end\n' >&7
    while read -r line <&8 && [ "$line" != end ]; do printf '%s\n' "$line"; done >"$work/digests"
    printf 'rollback;\n' >&7
    exec 7>&- 8<&-
    wait "$psql" || fail "the database could not be summed up: $(cat "$work/psql.log")"
    rm -f "$work/ask" "$work/answer" "$work/psql.log"
    [ -s "$work/digests" ] || fail "the database has no tables of ours: was it migrated?"
}

say "Database"
copy_database
# An extension's own table is not in a dump of the database; without its rows the queues would be nameless.
query "copy (select * from pgmq.meta where exists (select from pg_extension where extname = 'pgmq')) to stdout" >"$work/pgmq-meta"
say "Keys"
mkdir "$work/keys"
while read -r name; do cp "$(keys_folder)/$name" "$work/keys/$name"; done < <(key_files)
if [ "$with_archive" = true ]; then
    say "Archive"
    archive_out >"$work/archive.tar"
fi
{
    echo "format 1"
    echo "made $(date -u +%Y-%m-%dT%H:%M:%SZ)"
    echo "schema $(query 'select version || $$ $$ || product from pipeline.schema_stamp')"
    echo "pgmq $(query "select coalesce((select extversion from pg_extension where extname = 'pgmq'), 'own')")"
} >"$work/manifest"
parts=(manifest digests database.dump pgmq-meta keys)
[ "$with_archive" = false ] || parts+=(archive.tar)
(cd "$work" && find "${parts[@]}" -type f -print0 | sort -z | xargs -0 sha256sum >sums)

file=$to/ddoc-cost-$(date -u +%Y%m%dT%H%M%SZ).tar.age
tar -C "$work" -cf - sums "${parts[@]}" | age "${to_recipients[@]}" -o "$work/whole.age"
sync -f "$work/whole.age"
mv "$work/whole.age" "$file"
say "$file: $(du -h "$file" | cut -f 1), $(wc -l <"$work/digests") tables"

if [ "$keep" != 0 ]; then
    find "$to" -maxdepth 1 -name 'ddoc-cost-*.tar.age' -printf '%f\n' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
        rm -f "$to/$old"
        say "Deleted $old, older than the newest $keep"
    done
fi
