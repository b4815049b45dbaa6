#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright the Socket Workbench authors
# pack.sh CACHE INIT BENCHES SWB PROGRAM…: Debian's stock kernel and an initramfs to boot it with.
#
# Leaves CACHE/vmlinuz and CACHE/initramfs. The kernel's package is downloaded, not installed, and
# kept in CACHE with what was made of it; the programs are packed anew each time.
set -euo pipefail

cache=$1 init=$2 benches=$3 swb=$4
shift 4
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# What the tests and init call.
tools=(busybox modprobe setpriv ip strace mke2fs dmsetup)
# Besides all of the kernel's net/ and crypto/: devices without hardware, and disks of memory.
modules='^kernel/(net|crypto|lib|arch/x86/crypto|security/keys)/|/(brd|dm-mod|ext4|quota_v2|vcan|vxcan|veth|dummy|ppp[a-z0-9_]*|pptp|mac802154_hwsim|hci_vhci|mISDN_core)\.ko'

fail() { echo "$*" >&2; exit 1; }

for tool in "${tools[@]}" cpio depmod dpkg-deb apt-get; do
  command -v "$tool" >/dev/null || fail "$tool is not installed: build-aux/test-kernel brings it"
done

# linux-image-amd64 depends on the package that has the newest kernel in it.
download() {
  local package
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  [ -n "$package" ] || fail "apt knows no linux-image-amd64"
  (cd "$cache" && apt-get -o APT::Sandbox::User=root download "$package" >&2)
}

# A file and all libraries it needs, at the places where it has them here.
add() {
  local root=$1 file=$2 library
  mkdir -p "$root$(dirname "$file")"
  cp -L "$file" "$root$file"
  for library in $(ldd "$file" 2>/dev/null | grep -o '/[^ ]*'); do
    [ -e "$root$library" ] || { mkdir -p "$root$(dirname "$library")"; cp -L "$library" "$root$library"; }
  done
}

archive() { (cd "$1" && find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0); }

# The modules of the list and all that they need, as paths below lib/modules/RELEASE.
list_modules() {
  awk -v wanted="$2" '
    { path = $1; sub(/:$/, "", path); $1 = ""; needs[path] = $0 }
    END { for (path in needs) if (path ~ wanted) print path needs[path] }' "$1/modules.dep" |
    tr ' ' '\n' | sed '/^$/d' | LC_ALL=C sort -u
}

pack_modules() {
  local deb release from to
  deb=$(find "$cache" -maxdepth 1 -name 'linux-image-*.deb' | head -n 1)
  [ -n "$deb" ] || { download; deb=$(find "$cache" -maxdepth 1 -name 'linux-image-*.deb' | head -n 1); }
  rm -rf "$cache/package" "$cache/modules"
  mkdir -p "$cache/modules"
  dpkg-deb -x "$deb" "$cache/package"
  [ -d "$cache/package/lib/modules" ] || ln -s usr/lib "$cache/package/lib"
  release=$(ls "$cache/package/lib/modules")
  depmod -b "$cache/package" "$release"

  from=$cache/package/lib/modules/$release
  to=$cache/modules/usr/lib/modules/$release
  mkdir -p "$to"
  (cd "$from" && list_modules . "$modules" | xargs cp --parents -t "$to")
  cp "$from"/modules.{order,builtin,builtin.modinfo} "$to"
  ln -s usr/lib "$cache/modules/lib"
  depmod -b "$cache/modules" "$release"
  mkdir "$cache/modules/tests"
  awk '$1 == "alias" { print $2 }' "$to/modules.alias" |
    grep -E '^(net-pf|can-proto|bt-proto)-' > "$cache/modules/tests/aliases"

  cp "$cache/package/boot/vmlinuz-$release" "$cache/vmlinuz"
  archive "$cache/modules" > "$cache/modules.cpio.new"
  mv "$cache/modules.cpio.new" "$cache/modules.cpio"
  echo "$modules" > "$cache/modules.list"
  rm -rf "$cache/package" "$cache/modules"
}

pack_programs() {
  local root=$cache/root file tool program
  rm -rf "$root"
  mkdir -p "$root"/{etc,proc,sys,dev,tmp,run,tests}
  for file in bin sbin lib lib64; do
    mkdir -p "$root/usr/$file"
    ln -s "usr/$file" "$root/$file"
  done
  for tool in "${tools[@]}"; do add "$root" "$(command -v "$tool")"; done
  for file in services protocols nsswitch.conf passwd group; do cp -L "/etc/$file" "$root/etc"; done
  printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n' > "$root/etc/hosts"
  cp -r /lib/modprobe.d "$root/lib"
  cp -r "$benches" "$root/tests/benches"
  cp "$init" "$root/init"
  cp "$(dirname "$0")/modprobe" "$root/tests/modprobe"
  chmod 755 "$root/init" "$root/tests/modprobe"
  for program in "$swb" "$@"; do
    program=$(realpath "$program")
    add "$root" "$program"
    mv "$root$program" "$root/tests/"
  done
  chmod -R a+rX "$root"
  archive "$root" > "$cache/programs.cpio"
}

[ "$(cat "$cache/modules.list" 2>/dev/null)" = "$modules" ] && [ -s "$cache/vmlinuz" ] || pack_modules
pack_programs "$@"
cat "$cache/programs.cpio" "$cache/modules.cpio" > "$cache/initramfs"
