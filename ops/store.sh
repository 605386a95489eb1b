# shellcheck shell=bash
# Where database, archive and keys lie, for backup.sh, restore.sh and doctor.sh. Sourced after lib.sh, not run.
#
#   compose   docker-compose.yml beside ops/: everything in containers and volumes
#   systemd   ops/install-systemd.sh: Debian's PostgreSQL, /etc/ddoc-cost, /var/lib/ddoc-cost
#   direct    PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE; ARCHIVE and KEYS name the folders (as under .data of ops/run.sh)

# shellcheck disable=SC2154 # lib.sh sets root
mode=compose
[ ! -f /etc/ddoc-cost/settings.env ] || [ -f "$root/.env" ] || mode=systemd

# take_mode ARGUMENT: whether it chose one.
take_mode() {
    case $1 in
        --compose | --systemd | --direct) mode=${1#--} ;;
        *) return 1 ;;
    esac
}

prepare_mode() {
    case $mode in
        compose)
            cd "$root" || fail "there is no folder $root"
            [ -f .env ] || fail "there is no .env in $root: is it installed here? (--systemd and --direct look elsewhere)"
            ;;
        systemd) [ "$(id -u)" = 0 ] || fail "this needs root" ;;
        direct) : "${PGDATABASE:?set PGDATABASE (and PGHOST, PGPORT, PGUSER, PGPASSWORD)}" "${ARCHIVE:?set ARCHIVE: the folder of the raw archive}" "${KEYS:?set KEYS: the folder with the master key}" ;;
    esac
}

# database PROGRAM ARGUMENT...: one of PostgreSQL's programs as the database's owner.
database() {
    local program=$1
    shift
    case $mode in
        compose) docker compose exec -T postgres "$program" -U ddoccost -d ddoccost "$@" ;;
        systemd) (cd / && runuser -u postgres -- "$program" -d ddoccost "$@") ;;
        direct) "$(postgres_programs)/$program" -d "$PGDATABASE" "$@" ;;
    esac
}

query() { database psql -qAtX -v ON_ERROR_STOP=1 -c "$1"; }

archive_folder() { if [ "$mode" = systemd ]; then echo /var/lib/ddoc-cost/archive; else echo "$ARCHIVE"; fi; }

# A tar of the archive, its own drafts left out.
archive_out() {
    case $mode in
        compose) docker compose cp app:/data/archive - ;;
        *) if [ -d "$(archive_folder)" ]; then tar -C "$(archive_folder)/.." --exclude=.drafts -cf - "$(basename "$(archive_folder)")"; else tar -cf - -T /dev/null; fi ;;
    esac
}

archive_in() {
    case $mode in
        compose) docker compose cp - app:/data ;;
        *)
            mkdir -p "$(archive_folder)"
            tar -C "$(archive_folder)" --strip-components=1 -xf -
            [ "$mode" != systemd ] || chown -R ddoc-cost:ddoc-cost "$(archive_folder)"
            ;;
    esac
}

keys_folder() {
    case $mode in
        compose) echo "$root/secrets" ;;
        systemd) echo /etc/ddoc-cost ;;
        direct) echo "$KEYS" ;;
    esac
}

# What of it is needed to open a restored database: the master key. Passwords of servers belong to the machine, not to the data.
key_files() { find "$(keys_folder)" -maxdepth 1 -type f -name 'master-key' -printf '%f\n'; }

# The content of every table in a form that can be compared: name, rows, a sum over all rows that does not depend on their order.
digest_query() {
    cat <<END
set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1;
select format('select %L || '' '' || count(*) || '' '' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from %I.%I t', schemaname || '.' || tablename, schemaname, tablename)
from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by schemaname collate "C", tablename collate "C" \gexec
END
}
