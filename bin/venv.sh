# Sourced by run and test, which set $root: makes .venv and keeps it in step with the locks.

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            base_python=$candidate
            return
        fi
        if [ "$candidate" = "${PYTHON:-}" ]; then
            say "PYTHON=$PYTHON n’est pas un Python 3.11 ou plus récent."
            exit 1
        fi
    done
    say "Il faut Python 3.11 ou plus récent (sous Debian : apt install python3 python3-venv)."
    say "S’il est installé ailleurs : PYTHON=/chemin/vers/python3 $0"
    exit 1
}

# A venv that was killed midway, whose Python is gone or that was moved is made again.
is_sound() {
    [ ! -e "$venv/.installing" ] && "$venv/bin/python" -c 'import pip' 2>/dev/null &&
        grep -qF "$venv/bin/python" "$venv/bin/pip" 2>/dev/null
}

make_venv() {
    find_python
    say "Préparation de l’environnement Python (.venv)…"
    if ! message=$("$base_python" -m venv --clear "$venv" 2>&1); then
        say "$message"
        say "L’environnement Python n’a pas pu être fait. S’il manque le module venv : apt install python3-venv"
        exit 1
    fi
}

is_installed() {
    for lock in "$@"; do cmp -s "$root/$lock" "$venv/.installed-$lock" || return 1; done
}

# install LOCK…: what the locks name, when they have changed since the last time.
install() {
    venv=$root/.venv
    exec 9<"$root/bin/venv.sh"
    if command -v flock >/dev/null; then flock 9; fi
    is_sound || make_venv
    if ! is_installed "$@"; then
        say "Installation des dépendances (une fois, une minute environ)…"
        touch "$venv/.installing"
        options=(--quiet --disable-pip-version-check --no-input --require-hashes)
        for lock in "$@"; do options+=(--requirement "$root/$lock"); done
        if ! PIP_ROOT_USER_ACTION=ignore "$venv/bin/python" -m pip install "${options[@]}" >&2; then
            say "L’installation des dépendances a échoué : le message de pip est au-dessus. Relancez pour réessayer."
            exit 1
        fi
        for lock in "$@"; do cp "$root/$lock" "$venv/.installed-$lock"; done
        rm "$venv/.installing"
    fi
    exec 9<&-
}
