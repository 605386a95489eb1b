#!/usr/bin/env bash
# Installs dd0c/cost without Docker: Debian's PostgreSQL, Redis and Caddy, and systemd units. For whoever runs it for a team; see --help.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
    cat <<'END'
Usage: ops/install-systemd.sh [--host NAME] [--email ADDRESS] [--admin NAME] [--dry-run DIRECTORY] [--uninstall [--keep-data]]

As root, on Debian with the .NET 10 SDK. Installs postgresql, redis-server and caddy, builds into /opt/ddoc-cost, keeps settings and the master
key in /etc/ddoc-cost and data in /var/lib/ddoc-cost. Repeat it to upgrade: passwords, keys and data stay.

  DDOC_HOST, DDOC_EMAIL, DDOC_ADMIN, DDOC_ADMIN_PASSWORD   as with ops/install.sh
  --dry-run DIRECTORY   writes all files under that directory, and prints the commands instead of running them
END
}

host=${DDOC_HOST:-localhost} email=${DDOC_EMAIL:-} admin=${DDOC_ADMIN:-} top="" action=install keep_data=false
while [ $# -gt 0 ]; do
    case $1 in
        --host) host=${2:?--host needs a name} && shift ;;
        --email) email=${2:?--email needs an address} && shift ;;
        --admin) admin=${2:?--admin needs a name} && shift ;;
        --dry-run) top=${2:?--dry-run needs a directory} && shift ;;
        --uninstall) action=uninstall ;;
        --keep-data) keep_data=true ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && fail "unknown argument: $1" ;;
    esac
    shift
done
admin=${admin:-${email:-admin}}
[[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] || fail "'$host' is no host name"
[[ -z $email || $email =~ ^[^[:space:]{}\"@]+@[^[:space:]{}\"@]+$ ]] || fail "'$email' is no e-mail address"
[ -n "$top" ] || [ "$(id -u)" = 0 ] || fail "this needs root"

# run COMMAND...: or only say so.
run() {
    if [ -n "$top" ]; then printf '+ %s\n' "$*"; else "$@"; fi
}

# put FILE MODE: writes what comes in, whole or not at all.
put() {
    install -D -m "$2" /dev/stdin "$top$1.new"
    mv "$top$1.new" "$top$1"
}

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# kept FILE: a secret that is made once.
kept() {
    [ -s "$top$1" ] || random | put "$1" 600
    cat "$top$1"
}

units=(ddoc-app.service ddoc-jobs@ingestion.service ddoc-jobs@scorer.service ddoc-jobs@zombie-hunter.service)

packages() {
    local missing=()
    [ -n "$(postgres_programs)" ] || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v caddy >/dev/null || missing+=(caddy)
    command -v age >/dev/null || missing+=(age)
    [ ${#missing[@]} = 0 ] || run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
}

programs() {
    [ -n "$top" ] || need_sdk
    local project
    for project in App Jobs; do
        run dotnet publish "$root/DdocCost.$project" -c Release --nologo -v quiet -nodeReuse:false -p:UseAppHost=false -p:DebugType=none -p:PublishReadyToRun=true -o "/opt/ddoc-cost/${project,,}.new"
        # The running version keeps its files until it is restarted.
        run rm -rf "/opt/ddoc-cost/${project,,}.old"
        [ ! -d "/opt/ddoc-cost/${project,,}" ] || run mv "/opt/ddoc-cost/${project,,}" "/opt/ddoc-cost/${project,,}.old"
        run mv "/opt/ddoc-cost/${project,,}.new" "/opt/ddoc-cost/${project,,}"
    done
    local script
    for script in lib.sh store.sh backup.sh restore.sh doctor.sh; do
        put "/opt/ddoc-cost/ops/$script" 755 <"$root/ops/$script"
    done
}

user_and_database() {
    id ddoc-cost >/dev/null 2>&1 || run useradd --system --home-dir /var/lib/ddoc-cost --shell /usr/sbin/nologin ddoc-cost
    local postgres
    postgres=$(kept /etc/ddoc-cost/postgres-password)
    if [ -n "$top" ]; then
        run runuser -u postgres -- psql -c "create role ddoccost; create database ddoccost"
        return
    fi
    systemctl enable --now postgresql
    # The password goes in by standard input: arguments are for all to see.
    runuser -u postgres -- psql -qX -v ON_ERROR_STOP=1 <<END
select 'create role ddoccost login' where not exists (select from pg_roles where rolname = 'ddoccost') \gexec
alter role ddoccost password '$postgres';
select 'create database ddoccost owner ddoccost' where not exists (select from pg_database where datname = 'ddoccost') \gexec
END
}

settings() {
    local postgres redis
    postgres=$(kept /etc/ddoc-cost/postgres-password)
    redis=$(kept /etc/ddoc-cost/redis-password)
    kept /etc/ddoc-cost/master-key >/dev/null
    put /etc/ddoc-cost/settings.env 600 <<END
ConnectionStrings__Postgres="Host=127.0.0.1;Username=ddoccost;Password=$postgres;Database=ddoccost;Maximum Pool Size=30"
ConnectionStrings__Redis="127.0.0.1:6380,password=$redis"
Notify__PublicUrl="https://$host"
Sources__Folders__0__Tenant=default
Sources__Folders__0__Path=/var/lib/ddoc-cost/trail
END
    put /etc/ddoc-cost/jobs-ingestion.env 644 <<'END'
Jobs__Queues__0=ingest
Jobs__Queues__1=upkeep
Jobs__Queues__2=notify
Observe__Url=http://127.0.0.1:9465
END
    printf 'Jobs__Queues__0=score\nObserve__Url=http://127.0.0.1:9466\n' | put /etc/ddoc-cost/jobs-scorer.env 644
    printf 'Jobs__Queues__0=hunt\nObserve__Url=http://127.0.0.1:9467\n' | put /etc/ddoc-cost/jobs-zombie-hunter.env 644
    # A Redis of our own, by Debian's template unit redis-server@.
    put /etc/redis/redis-ddoc.conf 640 <<END
bind 127.0.0.1
port 6380
pidfile /run/redis-ddoc/redis-server.pid
dir /var/lib/redis-ddoc
appendonly yes
maxmemory 64mb
maxmemory-policy noeviction
requirepass $redis
END
    run chgrp redis /etc/redis/redis-ddoc.conf
    run install -d -o redis -g redis -m 750 /var/lib/redis-ddoc
    put /etc/systemd/system/redis-server@ddoc.service.d/ddoc.conf 644 <<'END'
[Service]
ReadWritePaths=-/var/lib/redis-ddoc
END
    put /etc/caddy/Caddyfile 644 <"$root/Caddyfile"
    put /etc/systemd/system/caddy.service.d/ddoc.conf 644 <<END
[Service]
Environment=DOMAIN=$host APP=127.0.0.1:8080 AGENTS=127.0.0.1:8081 "CADDY_GLOBAL_OPTIONS=${email:+email $email}"
# Our Caddyfile closes the administration port, by which "reload" would ask.
ExecReload=
END
    local unit
    for unit in ddoc-app.service ddoc-jobs@.service ddoc-backup.service ddoc-backup.timer; do
        put "/etc/systemd/system/$unit" 644 <"$root/ops/systemd/$unit"
    done
}

start() {
    run install -d -o ddoc-cost -g ddoc-cost -m 750 /var/lib/ddoc-cost /var/lib/ddoc-cost/trail
    run systemctl daemon-reload
    run systemctl enable --now redis-server@ddoc.service
    # The schema only grows, so the old version serves meanwhile.
    # shellcheck disable=SC2016 # systemd's variable, not ours
    run systemd-run --quiet --wait --pipe -p User=ddoc-cost -p EnvironmentFile=/etc/ddoc-cost/settings.env -p LoadCredential=master-key:/etc/ddoc-cost/master-key \
        sh -c 'exec env Data__Folder=/var/lib/ddoc-cost Secrets__MasterKeyFile="$CREDENTIALS_DIRECTORY/master-key" dotnet /opt/ddoc-cost/app/DdocCost.App.dll migrate'
    run systemctl enable "${units[@]}" ddoc-backup.timer
    run systemctl restart "${units[@]}"
    run systemctl start ddoc-backup.timer
    run systemctl enable caddy.service
    run systemctl restart caddy.service
}

# As with ops/install.sh, without a copy of the password in anybody's arguments.
administrator() {
    if [ -n "$top" ]; then
        run administrator "$admin"
        return
    fi
    local password=${DDOC_ADMIN_PASSWORD:-} made_up="" code=0
    if [ -z "$password" ]; then
        password=$(random | cut -c 1-20)
        made_up=$password
    fi
    # shellcheck disable=SC2016 # systemd's variable, not ours
    printf '%s\n' "$password" | systemd-run --quiet --wait --pipe -p User=ddoc-cost -p EnvironmentFile=/etc/ddoc-cost/settings.env \
        -p LoadCredential=master-key:/etc/ddoc-cost/master-key \
        sh -c 'exec env Data__Folder=/var/lib/ddoc-cost Secrets__MasterKeyFile="$CREDENTIALS_DIRECTORY/master-key" dotnet /opt/ddoc-cost/app/DdocCost.App.dll administrator "$0"' "$admin" || code=$?
    case $code in
        0) say "$admin is the administrator${made_up:+, with the password $made_up (told this once)}" ;;
        3) say "There is an administrator already" ;;
        *) fail "the administrator could not be made" ;;
    esac
}

wait_until_ready() {
    [ -z "$top" ] || return 0
    for _ in $(seq 120); do
        [[ $(answer http://127.0.0.1:8080/health/ready) != HTTP/1.?\ 200\ * ]] || return 0
        sleep 1
    done
    fail "the app is not ready after two minutes: journalctl -u ddoc-app says why"
}

uninstall() {
    run systemctl disable --now "${units[@]}" ddoc-backup.timer redis-server@ddoc.service || true
    local unit
    for unit in ddoc-app.service ddoc-jobs@.service ddoc-backup.service ddoc-backup.timer caddy.service.d/ddoc.conf redis-server@ddoc.service.d/ddoc.conf; do
        run rm -f "/etc/systemd/system/$unit"
    done
    run systemctl daemon-reload
    run rm -rf /opt/ddoc-cost
    if [ "$keep_data" = true ]; then
        say "Removed; the database, /etc/ddoc-cost and /var/lib/ddoc-cost are kept"
        return
    fi
    run runuser -u postgres -- dropdb --if-exists ddoccost
    run runuser -u postgres -- dropuser --if-exists ddoccost
    run rm -rf /etc/ddoc-cost /var/lib/ddoc-cost /var/lib/redis-ddoc /etc/redis/redis-ddoc.conf
    say "Removed with everything it stored; Debian's packages are left"
}

if [ "$action" = uninstall ]; then
    uninstall
    exit 0
fi
packages
user_and_database
programs
settings
start
wait_until_ready
administrator
say "dd0c/cost runs at https://$host/"
