#!/usr/bin/env bash
# Installs dd0c/cost on this machine with Docker Compose, behind Caddy with TLS. For whoever runs it for a team; see --help.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
    cat <<'END'
Usage: ops/install.sh [options]                       installs; repeated, it changes nothing that is right
       ops/install.sh --check                         only looks whether this machine will do
       ops/install.sh --upgrade                       backup, new images, new schema while the old version serves, restart
       ops/install.sh --uninstall [--keep-data]       removes containers, images and, without --keep-data, everything stored

Asked for where a terminal is there and neither option nor variable says it:
  --host NAME        name people type, with a DNS entry that leads here   DDOC_HOST    default localhost (own certificate)
  --email ADDRESS    for the certificate authority                        DDOC_EMAIL
  --admin NAME       who becomes the administrator                        DDOC_ADMIN   default: the e-mail address, or admin

  DDOC_ADMIN_PASSWORD   the administrator's password, at least 12 characters; otherwise one is made up and told once
  --yes                 asks nothing
  --no-backup           with --upgrade: without the backup before it
  HTTP_PUBLISH, HTTPS_PUBLISH   other ports than 80 and 443; certificates of a public name then need a way from those ports

Needs Docker with Compose 2, 2 GB of memory, 10 GB of disk. Without Docker: ops/install-systemd.sh.
END
}

action=install host=${DDOC_HOST:-} email=${DDOC_EMAIL:-} admin=${DDOC_ADMIN:-} ask=true keep_data=false backup=true
while [ $# -gt 0 ]; do
    case $1 in
        --host) host=${2:?--host needs a name} && shift ;;
        --email) email=${2:?--email needs an address} && shift ;;
        --admin) admin=${2:?--admin needs a name} && shift ;;
        --yes) ask=false ;;
        --check) action=check ;;
        --upgrade) action=upgrade ;;
        --uninstall) action=uninstall ;;
        --keep-data) keep_data=true ;;
        --no-backup) backup=false ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && fail "unknown argument: $1" ;;
    esac
    shift
done
[ -t 0 ] || ask=false
cd "$root"

compose() { docker compose "$@"; }

# --- the machine ----------------------------------------------------------------------------------------------------------------

problems=0
problem() {
    problems=$((problems + 1))
    printf 'Problem: %s\n   Mend: %s\n' "$1" "$2" >&2
}

# value NAME: what .env says.
value() { [ ! -f .env ] || sed -n "s/^$1=//p" .env | tail -n 1; }

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

is_running() { [ -n "$(compose ps -q caddy 2>/dev/null)" ]; }

check_machine() {
    [ "$(uname -s)" = Linux ] || problem "this is not Linux" "use a Linux machine"
    case $(uname -m) in x86_64 | aarch64) ;; *) problem "the processor is a $(uname -m)" "use x86-64 or arm64" ;; esac
    local memory disk
    memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' "${MEMINFO:-/proc/meminfo}")
    [ "$memory" -ge 1800 ] || problem "only $memory MB of memory" "use a machine with 2 GB"
    disk=$(df -Pm . | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$disk" -ge "${MOST_NEEDED_GB:-10}" ] || problem "only $disk GB free in $root" "free space, or put the checkout on a larger disk"

    if ! command -v docker >/dev/null; then
        problem "Docker is not installed" "see https://docs.docker.com/engine/install/, or use ops/install-systemd.sh"
    elif ! docker info >/dev/null 2>&1; then
        problem "Docker does not answer" "start it (systemctl start docker), and run this as a user who may use it (group docker, or root)"
    elif ! docker compose version >/dev/null 2>&1; then
        problem "Docker has no Compose 2" "install the package docker-compose-plugin"
    elif ! is_running; then
        local port
        for port in "${HTTP_PUBLISH:-80}" "${HTTPS_PUBLISH:-443}"; do
            ! listening "$port" || problem "port $port is taken by another program" "stop it (ss -ltnp 'sport = :$port' names it), or set HTTP_PUBLISH and HTTPS_PUBLISH"
        done
    fi
    if [ -n "$host" ] && [ "$host" != localhost ] && ! getent hosts "$host" >/dev/null; then
        problem "$host has no address" "make a DNS entry that leads to this machine; without it there is no certificate"
    fi
    [ "$problems" = 0 ]
}

# --- settings and secrets -------------------------------------------------------------------------------------------------------

question() {
    local answer
    read -r -p "$1 [$2]: " answer
    printf '%s' "${answer:-$2}"
}

settle() {
    # What an earlier run was told stands, unless somebody says otherwise now.
    [ -n "$host" ] || host=$(value DOMAIN)
    [ -n "$email" ] || email=$(value CADDY_GLOBAL_OPTIONS | sed -n 's/^email //p')
    if [ "$ask" = true ]; then
        [ -n "$host" ] || host=$(question "Host name that people will type" localhost)
        [ -n "$email" ] || [ "$host" = localhost ] || email=$(question "E-mail address for the certificate authority" "admin@$host")
        [ -n "$admin" ] || admin=$(question "Name of the administrator" "${email:-admin}")
    fi
    host=${host:-localhost} admin=${admin:-${email:-admin}}
    [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] || fail "'$host' is no host name"
    [[ -z $email || $email =~ ^[^[:space:]{}\"@]+@[^[:space:]{}\"@]+$ ]] || fail "'$email' is no e-mail address"
}

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# set_value NAME VALUE: in .env, whole or not at all.
set_value() {
    { [ ! -f .env ] || grep -v "^$1=" .env || true; printf '%s=%s\n' "$1" "$2"; } >.env.new
    mv .env.new .env
}

write_settings() {
    umask 077
    [ -f .env ] || : >.env
    chmod 600 .env
    local name
    for name in POSTGRES_PASSWORD REDIS_PASSWORD MINIO_PASSWORD; do
        [ -n "$(value $name)" ] || set_value $name "$(random)"
    done
    set_value DOMAIN "$host"
    set_value CADDY_GLOBAL_OPTIONS "${email:+email $email}"
    for name in HTTP_PUBLISH HTTPS_PUBLISH; do
        [ -z "${!name:-}" ] || set_value $name "${!name}"
    done

    # Containers run as another user and must read the key; on the host the folder keeps everybody out.
    mkdir -p secrets trail
    chmod 700 secrets
    chmod 755 trail
    [ -s secrets/master-key ] || random >secrets/master-key
    chmod 444 secrets/master-key
}

# --- what it does ---------------------------------------------------------------------------------------------------------------

start() {
    say "Starting (waits until all are healthy)"
    compose up -d --remove-orphans --wait --wait-timeout 300 || {
        compose ps >&2 || true
        fail "not all services became healthy. 'docker compose logs --tail 50' says why; ops/doctor.sh looks closer. Nothing is lost: run this again."
    }
}

make_administrator() {
    local password=${DDOC_ADMIN_PASSWORD:-} made_up="" said code=0
    if [ -z "$password" ]; then
        password=$(random | cut -c 1-20)
        made_up=$password
    fi
    said=$(printf '%s\n' "$password" | compose exec -T app dotnet DdocCost.App.dll administrator "$admin" 2>&1) || code=$?
    case $code in
        0) say "$admin is the administrator${made_up:+, with the password $made_up (told this once)}" ;;
        3) say "There is an administrator already" ;;
        *) fail "the administrator could not be made: $said" ;;
    esac
}

address() {
    local port=${HTTPS_PUBLISH:-$(value HTTPS_PUBLISH)}
    if [ "${port:-443}" = 443 ]; then printf 'https://%s/' "$host"; else printf 'https://%s:%s/' "$host" "$port"; fi
}

install() {
    settle
    check_machine || fail "$problems problem(s); nothing was changed"
    say "Settings and secrets"
    write_settings
    say "Building images (the first time some minutes)"
    compose build
    start
    make_administrator
    say "dd0c/cost runs at $(address)"
    [ "$host" != localhost ] || say "Its certificate is its own: the browser will warn"
    say "Keep a copy of secrets/master-key elsewhere: without it the stored secrets open for nobody. Next: ops/backup.sh --help, docs/operate.md"
}

upgrade() {
    [ -f .env ] || fail "nothing is installed here; run ops/install.sh"
    settle
    check_machine || fail "$problems problem(s); nothing was changed"
    write_settings
    if [ "$backup" = true ]; then
        say "Backup"
        "$root/ops/backup.sh" || fail "the backup failed, so nothing was changed. Mend it, or use --no-backup"
    fi
    say "Building the new images; the old version serves"
    compose build --pull
    say "Bringing the schema up to date; it only grows, so the old version goes on serving"
    compose run --rm --no-deps -T app migrate
    start
    say "dd0c/cost was upgraded and runs at $(address)"
}

uninstall() {
    if [ "$keep_data" = true ]; then
        compose down --remove-orphans
        say "Stopped and removed. Data, .env and secrets/ are kept; ops/install.sh brings it back"
        return
    fi
    if [ "$ask" = true ]; then
        [ "$(question "This deletes the database, the archive and the keys. Type yes" no)" = yes ] || fail "nothing was changed"
    fi
    compose down --remove-orphans --volumes --rmi local
    rm -rf .env secrets
    say "Removed with everything it stored; backups/ and trail/ are left"
}

case $action in
    check) if check_machine; then say "This machine will do"; else fail "$problems problem(s)"; fi ;;
    install) install ;;
    upgrade) upgrade ;;
    uninstall) uninstall ;;
esac
