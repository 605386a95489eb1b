#!/usr/bin/env bash
# Says what is wrong with an installation and how to mend it; changes nothing. For whoever runs dd0c/cost. Exit code 1 when something is.
# Usage: ops/doctor.sh [--compose | --systemd | --direct] [--address HOST:PORT]
#   --direct looks at PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, ARCHIVE, KEYS, and where they are set OBSERVE (a process's Observe:Url)
#   and REDIS (HOST:PORT, with REDISCLI_AUTH)
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=store.sh
source "$(dirname "${BASH_SOURCE[0]}")/store.sh"

address=""
while [ $# -gt 0 ]; do
    case $1 in
        --address) address=${2:?--address needs HOST:PORT} && shift ;;
        -h | --help) sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}" && exit 0 ;;
        *) take_mode "$1" || fail "unknown argument: $1" ;;
    esac
    shift
done

problems=0
well() { printf 'Well     %s\n' "$1"; }
problem() {
    problems=$((problems + 1))
    printf 'Problem  %s\n   Mend  %s\n' "$1" "$2"
}

# ask QUERY: its answer, or nothing.
ask() { query "$1" 2>/dev/null || true; }

look_at_disk() {
    local folder free used
    for folder in "$root" "$(if [ "$mode" = compose ]; then docker info -f '{{.DockerRootDir}}' 2>/dev/null || echo /; else archive_folder; fi)"; do
        [ -d "$folder" ] || folder=/
        read -r free used < <(df -Pm "$folder" | awk 'NR == 2 { sub("%", "", $5); print $4, $5 }')
        if [ "$free" -lt "${LEAST_FREE_MB:-2048}" ] || [ "$used" -ge 95 ]; then
            problem "the disk of $folder is nearly full: $free MB free, $used % used" "free space or enlarge it; see 'Disk' in docs/operate.md for what may be deleted"
        else
            well "disk of $folder: $free MB free"
        fi
    done
}

look_at_clock() {
    if command -v timedatectl >/dev/null && [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" = no ]; then
        problem "nothing keeps this machine's clock" "timedatectl set-ntp true; AWS refuses requests that are 5 minutes off"
    fi
    local theirs difference
    theirs=$(ask 'select extract(epoch from clock_timestamp())::bigint')
    [ -n "$theirs" ] || return 0
    difference=$((theirs - $(date +%s)))
    if [ "${difference#-}" -gt 5 ]; then problem "the database's clock differs by $difference s" "let both machines keep time: timedatectl set-ntp true"; else well "clocks agree"; fi
}

# setting NAME WANTED WHY: one of PostgreSQL's.
setting() {
    local now
    now=$(ask "show $1")
    [ "$now" = "$2" ] || problem "PostgreSQL has $1 = $now" "set it to $2: $3"
}

look_at_postgres() {
    local version
    version=$(ask 'show server_version_num')
    if [ -z "$version" ]; then
        problem "PostgreSQL does not answer" "$(case $mode in
            compose) echo "docker compose up -d postgres; docker compose logs --tail 50 postgres says why it ended" ;;
            systemd) echo "systemctl start postgresql; journalctl -u postgresql says why it ended" ;;
            *) echo "start it, and check PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE" ;;
        esac)"
        return 1
    fi
    if [ "$version" -lt 150000 ]; then problem "PostgreSQL is of version $((version / 10000))" "upgrade it to 15 or later (tried: 15 to 18)"; else well "PostgreSQL $((version / 10000))"; fi
    setting fsync on "else a power cut destroys the database"
    setting full_page_writes on "else a power cut destroys the database"
    setting autovacuum on "else the queue's tables grow without end"
    [ "$(ask 'show server_encoding')" = UTF8 ] || problem "the database's encoding is not UTF8" "make it anew with encoding UTF8 and restore a backup into it"
    [ "$(ask 'show max_connections')" -ge 80 ] || problem "PostgreSQL allows few connections ($(ask 'show max_connections'))" "set max_connections to 120: each process takes up to 30"
    local old
    old=$(ask "select count(*) from pg_stat_activity where state like 'idle in transaction%' and xact_start < now() - interval '5 minutes'")
    [ "$old" = 0 ] || problem "$old transaction(s) have been open for more than 5 minutes: the queue slows down" "find them in pg_stat_activity and end them with pg_terminate_backend(pid)"
    old=$(ask 'select max(age(datfrozenxid)) from pg_database')
    [ "$old" -lt 1000000000 ] || problem "transaction numbers run out (age $old)" "let autovacuum finish, or run vacuum (freeze) now"
}

look_at_schema() {
    local stamp
    stamp=$(ask "select to_regclass('pipeline.schema_stamp')")
    if [ -z "$stamp" ]; then
        problem "the database was never migrated by this version" "start the app, or run its command migrate"
        return 1
    fi
    well "schema $(ask "select version || ', of version ' || product from pipeline.schema_stamp")"
}

look_at_backlog() {
    local number waiting
    number=$(ask 'select count(*) from pipeline.dead_letters')
    [ "${number:-0}" = 0 ] || problem "$number deliveries were given up; their accounts have a gap" "the page Quarantine shows why; once the cause is gone, import the file again"
    number=$(ask "select coalesce(sum((pgmq.metrics(queue_name)).queue_length), 0) + (select count(*) from pipeline.sqs_messages where given_up_at is null) from pgmq.list_queues()")
    waiting=$(ask "select coalesce(max((pgmq.metrics(queue_name)).oldest_msg_age_sec), 0) from pgmq.list_queues()")
    if [ "${waiting:-0}" -gt 900 ]; then
        problem "$number deliveries wait to be scored, the oldest for $((waiting / 60)) minutes" "is a job server with the queue score at work? If it is and stays behind, start one more"
    else
        well "${number:-0} deliveries wait to be scored"
    fi
    number=$(ask "select count(*) from notify.messages where state = 'failed' and queued_at > now() - interval '1 day'")
    [ "${number:-0}" = 0 ] || problem "$number messages of the last day reached nobody" "the page Messages shows each with the answer of its server"
    number=$(ask "select count(*) from hangfire.server where lastheartbeat > now() at time zone 'utc' - interval '1 minute'")
    [ "${number:-0}" -gt 0 ] || problem "no job server is at work: nothing is read, scored or told" "$(case $mode in compose) echo "docker compose up -d" ;; systemd) echo "systemctl start 'ddoc-jobs@*'" ;; *) echo "start one: dotnet DdocCost.Jobs.dll" ;; esac)"
}

look_at_keys() {
    local folder key unsealed
    folder=$(keys_folder)
    key=$folder/master-key
    if [ ! -s "$key" ]; then
        problem "there is no master key at $key" "bring it back from a backup (ops/restore.sh), or make one of at least 32 characters: stored secrets must then be entered again"
    elif [ "$(head -n 1 "$key" | tr -d '\n' | wc -c)" -lt 32 ]; then
        problem "the master key is shorter than 32 characters, and no process starts with it" "put a longer one on the first line and leave the old one below it"
    else
        well "there is a master key"
    fi
    [ ! -d "$folder" ] || [ "$(($(stat -c %a "$folder") % 10))" = 0 ] || problem "everybody on this machine can look into $folder" "chmod 700 $folder"
    [ ! -f "$root/.env" ] || [ "$(stat -c %a "$root/.env")" = 600 ] || problem "others can read $root/.env" "chmod 600 $root/.env"
    unsealed=$(ask "select count(*) from mt_doc_protectionkey where data ->> 'xml' not like 'sealed:%' and data ->> 'Xml' is null")
    [ "${unsealed:-0}" = 0 ] || problem "$unsealed keys in the database are not sealed" "set Secrets:MasterKeyFile and restart: they are sealed when they are read"
}

look_at_redis() {
    local said=""
    case $mode in
        compose) said=$(docker compose exec -T redis redis-cli ping 2>/dev/null || true) ;;
        systemd) said=$(REDISCLI_AUTH=$(cat /etc/ddoc-cost/redis-password) redis-cli -p 6380 ping 2>/dev/null || true) ;;
        direct) [ -n "${REDIS:-}" ] || return 0 && said=$(redis-cli -h "${REDIS%:*}" -p "${REDIS##*:}" ping 2>/dev/null || true) ;;
    esac
    if [ "$said" = PONG ]; then well "Redis answers"; else problem "Redis does not answer" "start it; until then detection goes on, pages update late, panic mode and flags keep their last known state"; fi
}

# What a process says of itself: lines of "status<TAB>says<TAB>remedy", with no tool but sed.
look_at_processes() {
    local report=""
    case $mode in
        compose) report=$(docker compose exec -T app dotnet DdocCost.App.dll health deep 2>/dev/null || true) ;;
        systemd) report=$(answer http://127.0.0.1:9464/health/deep) ;;
        direct) [ -n "${OBSERVE:-}" ] || return 0 && report=$(answer "$OBSERVE/health/deep") ;;
    esac
    if [ -z "$report" ]; then
        problem "the app does not say how it is" "is it running? docker compose ps, or systemctl status ddoc-app"
        return
    fi
    local name="" status="" says="" key value
    while IFS=$'\t' read -r key value; do
        case $key in
            name) name=$value status="" ;;
            status) status=$value ;;
            says) says=$value ;;
            remedy) [ -z "$name" ] || [ "$status" = Healthy ] || [ "$status" = "" ] || problem "$name: $says" "${value:-see its log}" ;;
        esac
    done < <(sed -nE 's/^ *"(name|status|says|remedy)": (null|"(.*)"),?$/\1\t\3/p' <<<"$report")
}

look_at_certificate() {
    [ -n "$address" ] || { [ "$mode" = compose ] && address=$(sed -n 's/^DOMAIN=//p' .env | tail -n 1):443; } || [ -n "$address" ] || return 0
    local certificate host=${address%:*}
    certificate=$(timeout 10 openssl s_client -connect "$address" -servername "$host" </dev/null 2>/dev/null || true)
    if [[ $certificate != *BEGIN\ CERTIFICATE* ]]; then
        problem "nobody answers with a certificate at $address" "is Caddy running, is port 443 open, does the name lead here? docker compose logs caddy says what the authority answered"
    elif ! openssl x509 -noout -checkend $((14 * 86400)) <<<"$certificate" >/dev/null 2>&1; then
        [ "$host" = localhost ] || problem "the certificate of $address ends within 14 days: $(openssl x509 -noout -enddate <<<"$certificate" 2>/dev/null)" "Caddy renews by itself if ports 80 and 443 are reachable from the internet; docker compose logs caddy says why it did not"
    else
        well "the certificate of $address is good for more than 14 days"
    fi
}

look_at_backups() {
    local folder newest
    folder=${BACKUP_FOLDER:-$(if [ "$mode" = systemd ]; then echo /var/backups/ddoc-cost; else echo "$root/backups"; fi)}
    newest=$(find "$folder" -maxdepth 1 -name 'ddoc-cost-*.tar.age' -mtime -2 2>/dev/null | head -n 1 || true)
    [ -n "$newest" ] || problem "there is no backup of the last two days in $folder" "ops/backup.sh, and run it daily (docs/operate.md)"
}

prepare_mode
look_at_disk
look_at_keys
look_at_redis
if look_at_postgres; then
    look_at_clock
    if look_at_schema; then look_at_backlog; fi
fi
look_at_processes
look_at_certificate
look_at_backups
if [ "$problems" = 0 ]; then say "All is well"; else fail "$problems problem(s)"; fi
