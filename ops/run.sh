#!/usr/bin/env bash
# Runs dd0c/cost on this machine, with servers of its own. For whoever wants to see it; see --help.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
    cat <<'END'
Usage: ops/run.sh [--empty] [--separate-jobs]

Installs what is missing (as root or with sudo), starts a private PostgreSQL and Redis under .data/, builds, migrates, starts the
app on http://127.0.0.1:8080, loads the demo, and tells how to sign in. Ctrl-C stops all of it; the data stays for the next run.

  --empty          no demo: prints the link with which you become the administrator
  --separate-jobs  runs the job server as a process of its own

Environment:
  ConnectionStrings__Postgres, ConnectionStrings__Redis   use these servers and start none
  PORT                                                    another port than 8080
  DATA                                                    another folder than .data (delete it to begin anew)
END
}

mode=demo
separate_jobs=false
for argument in "$@"; do
    case $argument in
        --empty) mode=serve ;;
        --separate-jobs) separate_jobs=true ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && fail "unknown argument: $argument" ;;
    esac
done

data=${DATA:-$root/.data}
port=${PORT:-8080}
url=http://127.0.0.1:$port
binaries=$root/DdocCost.App/bin/Release/net10.0

# --- processes ------------------------------------------------------------------------------------------------------------------

# In order of starting; stopped the other way round.
names=()
declare -A pid_of=() signal_of=()

# start NAME SIGNAL ORPHANED COMMAND...: in a session of its own, so that Ctrl-C reaches only this script, which stops things in order.
# SIGNAL asks it to stop; should this script be killed, the kernel sends it ORPHANED.
start() {
    local name=$1 signal=$2 orphaned=$3
    shift 3
    setsid setpriv --pdeathsig "$orphaned" "$@" 9>&- </dev/null &
    names+=("$name")
    pid_of[$name]=$!
    signal_of[$name]=$signal
    echo $! >"$data/run/$name.pid"
}

# stop_pid PID SIGNAL: asks, waits half a minute, insists.
stop_pid() {
    kill -s "$2" "$1" 2>/dev/null || return 0
    for _ in $(seq 300); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -s KILL "$1" 2>/dev/null || true
}

stop_all() {
    trap '' INT TERM
    local index name
    for ((index = ${#names[@]} - 1; index >= 0; index--)); do
        name=${names[index]}
        stop_pid "${pid_of[$name]}" "${signal_of[$name]}"
        rm -f "$data/run/$name.pid"
    done
}

# recover NAME SIGNAL MARK: ends what an earlier run left, if the process of that id is still the one: its command line has MARK.
recover() {
    local file=$data/run/$1.pid pid
    [ -f "$file" ] || return 0
    pid=$(<"$file")
    if [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "$3"; then
        say "Stopping $1 of an earlier run (process $pid)"
        stop_pid "$pid" "$2"
    fi
    rm -f "$file"
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local candidate=$1
    while listening "$candidate"; do candidate=$((candidate + 1)); done
    echo "$candidate"
}

# wait_for WHAT NAME COMMAND...: until the command succeeds or the process of that name has ended.
wait_for() {
    local what=$1 name=$2
    shift 2
    for _ in $(seq 600); do
        "$@" >/dev/null 2>&1 && return 0
        kill -0 "${pid_of[$name]}" 2>/dev/null || fail "$what ended; see $data/$name.log"
        sleep 0.1
    done
    fail "$what does not answer after a minute; see $data/$name.log"
}

# secret FILE: what the file holds, made up on first use; for our eyes only.
secret() {
    [ -s "$1" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$1"
    cat "$1"
}

# --- PostgreSQL and Redis -------------------------------------------------------------------------------------------------------

start_postgres() {
    local home=$data/postgres cluster programs password pg_port as_postgres=()
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root.
        as_postgres=(--reuid=postgres --regid=postgres --init-groups)
        if ! setpriv "${as_postgres[@]}" test -x "$data"; then
            home=/var/lib/ddoccost-$(printf %s "$data" | sha256sum | cut -c 1-8)
            say "User postgres cannot reach $data, so the database lies in $home (to begin anew, delete both)"
        fi
    fi
    cluster=$home/cluster
    mkdir -p "$home"
    recover postgres INT "$cluster"

    programs=$(postgres_programs)
    password=$(secret "$home/password")
    [ "$(id -u)" != 0 ] || chown -R postgres:postgres "$home"
    if [ ! -f "$cluster/PG_VERSION" ]; then
        say "Creating the database cluster"
        rm -rf "$cluster" # what an interrupted first run left
        # In /, because initdb must begin where its user may be.
        (cd / && setpriv "${as_postgres[@]}" "$programs/initdb" -D "$cluster" -U ddoccost -A scram-sha-256 --pwfile="$home/password" \
            -E UTF8 --locale=C.UTF-8 --data-checksums) >"$data/postgres.log" 2>&1 || fail "initdb failed; see $data/postgres.log"
    fi
    local version
    version=$(<"$cluster/PG_VERSION")
    programs=/usr/lib/postgresql/$version/bin
    [ -x "$programs/postgres" ] || fail "the data in $cluster is of PostgreSQL $version, which is not installed any more"

    pg_port=$(free_port 54320)
    start postgres INT INT "${as_postgres[@]}" "$programs/postgres" -D "$cluster" -p "$pg_port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories='' >>"$data/postgres.log" 2>&1
    export PGPASSWORD=$password
    local psql=("$programs/psql" -h 127.0.0.1 -p "$pg_port" -U ddoccost -d postgres -qAtX)
    wait_for PostgreSQL postgres "${psql[@]}" -c 'select 1'
    [ "$("${psql[@]}" -c "select 1 from pg_database where datname = 'ddoccost'")" = 1 ] || "${psql[@]}" -c 'create database ddoccost'
    unset PGPASSWORD
    export ConnectionStrings__Postgres="Host=127.0.0.1;Port=$pg_port;Username=ddoccost;Password=$password;Database=ddoccost"
}

start_redis() {
    local folder=$data/redis password redis_port
    mkdir -p "$folder"
    recover redis TERM "$folder"
    password=$(secret "$data/redis-password")
    redis_port=$(free_port 63790)
    cat >"$folder/redis.conf" <<END
bind 127.0.0.1
port $redis_port
dir "$folder"
requirepass $password
set-proc-title no
appendonly yes
END
    start redis TERM TERM redis-server "$folder/redis.conf" >>"$data/redis.log" 2>&1
    wait_for Redis redis listening "$redis_port"
    export ConnectionStrings__Redis="127.0.0.1:$redis_port,password=$password"
}

# --- the app --------------------------------------------------------------------------------------------------------------------

# Changes whenever a source does: names, sizes and times of all files that a build reads.
sources() {
    (cd "$root" && find . \( -name bin -o -name obj -o -name .git -o -name .data -o -name TestResults \) -prune -o -type f \
        ! -path './docs/*' ! -path './DdocCost.Tests/*' ! -path './ops/*.sh' -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum)
}

build() {
    local now stamp=$data/build.stamp
    now=$(sources)
    if [ -f "$stamp" ] && [ "$(<"$stamp")" = "$now" ] && compgen -G "$binaries/*/DdocCost.App.dll" >/dev/null; then
        return
    fi
    say "Building (the first time this fetches packages, for a minute or two)"
    # Without build servers: they would stay behind, and hold our lock.
    dotnet build "$root/DdocCost.App/DdocCost.App.csproj" -c Release --nologo -v minimal -nodeReuse:false -p:UseSharedCompilation=false 9>&- ||
        fail "the build failed; see above"
    echo "$now" >"$stamp"
}

dll() { compgen -G "$binaries/*/$1.dll" | head -n 1; }

# A process of its own; it must know of the demo what the app knows by itself.
start_jobs() {
    local demo=()
    if [ "$mode" = demo ]; then
        local certificate=$Data__Folder/demo/mail/certificate.pem
        wait_for "The app" app test -s "$certificate"
        demo=(Sources__Folders__demo__Tenant=default "Sources__Folders__demo__Path=$Data__Folder/demo/trail" Sources__Folders__demo__Settle=00:00:00
            "Notify__Services__MailAuthorities=${Notify__Services__MailAuthorities:-$certificate}" Notify__AllowedInternal__demo=localhost
            "Notify__PublicUrl=${Notify__PublicUrl:-$url}")
    fi
    say "Starting the job server as a process of its own"
    start jobs TERM KILL env "${demo[@]}" dotnet "$(dll DdocCost.Jobs)"
}

run_app() {
    local app
    app=$(dll DdocCost.App)
    # Where the app keeps its files; anything set in the environment wins.
    export Data__Folder=${Data__Folder:-$data}
    # Seals the keys in the database: a copy of the database alone opens no secret. Lose it, and secrets have to be entered again.
    if [ -z "${Secrets__MasterKey:-}${Secrets__MasterKeyFile:-}" ]; then
        secret "$data/master-key" >/dev/null
        export Secrets__MasterKeyFile=$data/master-key
    fi
    export Logging__LogLevel__Default=${Logging__LogLevel__Default:-Warning}
    [ "$separate_jobs" = false ] || export Jobs__InProcess=false
    say "Starting on $url"
    # Without its servers it could only complain; and it is made to be killed anywhere.
    start app TERM KILL dotnet "$app" "$mode" "--urls=$url"
    [ "$separate_jobs" = false ] || start_jobs
    # A signal ends the wait, and the trap the script.
    local code=0
    wait "${pid_of[app]}" || code=$?
    return "$code"
}

# --------------------------------------------------------------------------------------------------------------------------------

need_sdk
mkdir -p "$data/run"
chmod 711 "$data"
exec 9>"$data/run/lock"
flock -n 9 || fail "ops/run.sh runs here already; stop that one first (or give this one another DATA and PORT)"
recover app TERM "$root/"
recover jobs TERM "$root/"
! listening "$port" || fail "port $port is taken by something else. Stop it, or choose another: PORT=$((port + 1)) ops/run.sh"

missing=()
[ -n "${ConnectionStrings__Postgres:-}" ] || [ -n "$(postgres_programs)" ] || missing+=(postgresql)
[ -n "${ConnectionStrings__Redis:-}" ] || command -v redis-server >/dev/null || missing+=(redis-server)
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"

trap stop_all EXIT
trap 'echo; say "Stopping"; exit 0' INT TERM
build
umask 077 # from here on everything written is nobody else's business
[ -n "${ConnectionStrings__Postgres:-}" ] || start_postgres
[ -n "${ConnectionStrings__Redis:-}" ] || start_redis
run_app
