# Shared by run, test and screenshot: packages, configuring, building. Sourced by bash.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# netbase has the names of services and protocols; without librsvg2-common GTK draws no icon.
build_packages=(
  gcc libc6-dev meson ninja-build pkgconf gettext desktop-file-utils shared-mime-info
  libglib2.0-dev libjson-glib-dev libgtk-4-dev libgtk-4-bin libadwaita-1-dev
)
run_packages=(adwaita-icon-theme dbus-daemon librsvg2-common netbase)

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "Not root, and there is no sudo. As root: $*"
  fi
}

# Prints those of the packages that are not installed.
missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for package; do
    case $'\n'$installed$'\n' in
      *$'\n'"installed $package"$'\n'*) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

install_packages() {
  local missing apt
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian: whatever is missing of these has to be installed by hand: $*"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Missing packages, to be installed now: ${missing[*]}"
  apt=(env DEBIAN_FRONTEND=noninteractive apt-get --yes --no-install-recommends)
  # Lists may be absent (a fresh container) or older than the mirror.
  "${apt[@]}" --simulate install "${missing[@]}" >/dev/null 2>&1 </dev/null || as_root "${apt[@]}" update
  as_root "${apt[@]}" install "${missing[@]}" ||
    { as_root "${apt[@]}" update && as_root "${apt[@]}" install "${missing[@]}"; }
}

# configure FOLDER [MESON SETUP ARGS]: only where it was not configured yet.
configure() {
  local build=$1
  shift
  [ -f "$build/build.ninja" ] || meson setup "$build" "$top" "$@"
}

# build FOLDER [TARGETS]: quiet when there was a build before, but for warnings and errors.
build() {
  local folder=$1 quiet=()
  shift
  [ ! -f "$folder/.ninja_log" ] || quiet=(--quiet)
  ninja -C "$folder" "${quiet[@]}" "$@" | sed '/^ninja: no work to do\.$/d'
}

has_session_bus() {
  [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/bus" ]
}

# What an installed program finds below its prefix, a program of the build folder is told.
export_build_environment() {
  local build=$1
  export GSETTINGS_SCHEMA_DIR=$build/data
  export XDG_DATA_DIRS=$top/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
}
