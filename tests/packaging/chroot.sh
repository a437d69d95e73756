#!/bin/sh
# Test the first steps of a newcomer.  On a plain Debian with only make and Python added, this runs
# `make issue`, `make issue` again and `make test`, and prints the tail of each.  It fails if one of
# them fails, or if the second `make issue` sets anything up again.
#
#   sh tests/packaging/chroot.sh                 in a folder of its own, which is removed afterwards
#   KEEP=1 sh tests/packaging/chroot.sh          leave the folder, and say where it is
#   SUITE=trixie sh tests/packaging/chroot.sh    another Debian than bookworm
#   sh tests/packaging/chroot.sh issue judge     other targets of make
#
# Needs root, debootstrap, a few minutes and 2 GB.  The files are tested as they stand, committed or
# not.  Where Debian's packages come from, and how pip finds its own, is the business of the machine
# this runs on: both are looked up as it runs, and handed on.
set -eu
unset CDPATH
checkout=$(cd "$(dirname "$0")/../.." && pwd)
suite=${SUITE:-bookworm}

fail() { printf '%s: %s\n' "$0" "$*" >&2; exit 1; }

# --- A folder, and a mount namespace of its own ------------------------------------------------

if [ -z "${CHROOT_FOLDER:-}" ]; then
    [ "$(id -u)" -eq 0 ] || fail 'a chroot takes root; start it with sudo.'
    command -v debootstrap >/dev/null ||
        fail 'debootstrap is missing; run: apt-get install debootstrap'
    CHROOT_FOLDER=$(mktemp -d)
    export CHROOT_FOLDER
    code=0
    # All mounts end with the namespace, before the folder is removed: nothing is lost through them.
    unshare --mount --propagation private sh "$0" "$@" || code=$?
    if [ -n "${KEEP:-}" ]; then echo "kept: $CHROOT_FOLDER"; else rm -rf "$CHROOT_FOLDER"; fi
    exit "$code"
fi

root=$CHROOT_FOLDER/debian
home=/home/newcomer
log=$CHROOT_FOLDER/log

# --- A plain Debian ----------------------------------------------------------------------------

# shellcheck disable=SC2016 # apt-get fills these in
mirror=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "main" { print $3; exit }')
# The package python3 would bring that name too; set-up has to find an interpreter without it.
case $suite in
    bookworm) python=python3.11 ;;
    *) python=python3 ;;
esac
printf '==> debootstrap %s\n' "$suite"
debootstrap --variant=minbase --include="make,$python" "$suite" "$root" ${mirror:+"$mirror"} \
    >"$log" 2>&1 || { tail "$log" >&2 && fail 'no Debian could be made; see above.'; }
apt-config dump | grep -i '^Acquire::[a-z]*::proxy' >"$root/etc/apt/apt.conf.d/90host" || :
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm" # locks between Python's processes live here
mkdir -p "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts" # the tests' terminals live here
ln -sf pts/ptmx "$root/dev/ptmx"

# --- How pip finds packages --------------------------------------------------------------------

mkdir -p "$root$home/.config/pip"
for settings in /etc/pip.conf "$HOME/.config/pip/pip.conf"; do
    if [ -e "$settings" ]; then
        case $settings in "$HOME"/*) copy=$home${settings#"$HOME"} ;; *) copy=$settings ;; esac
        cp -L "$settings" "$root$copy"
    fi
done

# Under a name of its own, since installing Debian's certificates replaces the usual file.
certificates=${PIP_CERT:-${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}}
[ ! -e "$certificates" ] || cp -L "$certificates" "$root$home/certificates.pem"

# Folders of packages on this machine that the settings name.  An index stands beside the files that
# it lists, so of an index the folder above it is needed.
{
    cat /etc/pip.conf "$HOME/.config/pip/pip.conf" 2>/dev/null || :
    env | grep '^PIP_' || :
} | tr ' =' '\n' | sed -n 's|^file://\(/.*\)/[^/]\{1,\}/*$|\1|p; s|^/.*|&|p' |
    sort -u >"$CHROOT_FOLDER/places"
while read -r place; do
    if [ -d "$place" ]; then
        mkdir -p "$root$place"
        mount --bind "$place" "$root$place"
        mount -o remount,bind,ro "$root$place"
    fi
done <"$CHROOT_FOLDER/places"

# --- The checkout, and the run -----------------------------------------------------------------

mkdir "$root$home/typeset"
git -C "$checkout" ls-files -z --cached --others --exclude-standard |
    tar -C "$checkout" --null --files-from=- --create |
    tar -C "$root$home/typeset" --extract --no-same-owner

# inside COMMAND…: run it with nothing of this environment but what pip reads.
inside() (
    # Nearest to the command, so it wins over a place that only this machine has.
    if [ -e "$root$home/certificates.pem" ]; then set -- PIP_CERT=$home/certificates.pem "$@"; fi
    for name in $(env | sed -n 's/^\(PIP_[A-Z_]*\|https\{0,1\}_proxy\|no_proxy\)=.*/\1/p'); do
        eval "set -- \"$name=\$$name\" \"\$@\""
    done
    exec env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
)

[ $# -gt 0 ] || set -- issue issue test
failed=0 last=''
for target in "$@"; do
    printf '\n==> make %s\n' "$target"
    start=$(date +%s) outcome=passed
    # shellcheck disable=SC2016 # the shell inside expands these
    inside chroot "$root" sh -c 'cd "$1" && exec make "$2"' sh "$home/typeset" "$target" \
        >"$log" 2>&1 </dev/null || outcome=FAILED
    if [ "$target passed" = "$last" ] && grep '^set-up:' "$log" >/dev/null; then
        outcome='FAILED: set up again though nothing had changed'
    fi
    tail -n 15 "$log"
    printf '<== make %s: %s, %d s\n' "$target" "$outcome" $(($(date +%s) - start))
    [ "$outcome" = passed ] || failed=1
    last="$target $outcome"
done
exit "$failed"
