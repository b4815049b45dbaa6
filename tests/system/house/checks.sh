# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright the Socket Workbench authors
#
# The checkers of other projects, each on the files it knows: checks.sh SOURCE DESKTOP METAINFO
# Prints TAP. A checker that is not installed is skipped.
set -u
source=$1 desktop=$(realpath "$2") metainfo=$(realpath "$3")
cd "$source" || exit 1
number=0

# check NAME PROGRAM ARGS: a case that passes when the program succeeds.
check() {
  local name=$1 output
  shift
  number=$((number + 1))
  if ! command -v "$1" >/dev/null; then
    echo "ok $number $name # SKIP $1 is not installed"
  elif output=$("$@" 2>&1 </dev/null); then
    echo "ok $number $name"
  else
    printf '%s\n' "$output" | head -n 40 | sed 's/^/# /'
    echo "not ok $number $name"
  fi
}

# groff succeeds with warnings: what it says decides.
manual_pages() {
  local said
  said=$(groff -t -man -ww -z data/man/*.[1-9] 2>&1)
  printf '%s' "$said"
  [ -z "$said" ]
}

check_manual_pages() {
  if command -v groff >/dev/null; then
    check manual-pages manual_pages
  else
    check manual-pages groff
  fi
}

# Other versions lay some lines out in another way. Headers are laid out by hand: they have
# their comments in columns.
check_format() {
  local program=clang-format-14
  mapfile -t sources < <(find src tests -name '*.c' ! -name '.*' | sort)
  check clang-format "$program" --dry-run --Werror --ferror-limit=5 "${sources[@]}"
}

check desktop-entry desktop-file-validate "$desktop"
check metainfo appstreamcli validate --no-net "$metainfo"
check schema glib-compile-schemas --strict --dry-run data
check mime-type xmllint --noout data/*.mime.xml
for catalog in po/*.po; do
  [ -e "$catalog" ] || continue
  check "translation-$(basename "$catalog" .po)" msgfmt --check --output-file=/dev/null "$catalog"
done
check_manual_pages
check_format
for script in build-aux/run build-aux/test build-aux/fuzz build-aux/screenshot build-aux/common.sh build-aux/with-display; do
  check "syntax-$(basename "$script")" bash -n "$script"
done
echo "1..$number"
