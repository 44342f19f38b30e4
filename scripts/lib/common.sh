# Shared by the scripts beside this folder: where things are, how to speak, how to become root. Source it; do not run it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
deps=$root/build/deps

# Progress goes to stderr so that a script's own output stays clean.
say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "need root to run '$*': run as root, install sudo, or install the packages yourself"
  fi
}

# quietly NAME COMMAND…: runs a long step with its output in build/log/NAME.log; shows the end of it when it fails.
quietly() {
  local name=$1 log=$root/build/log/$1.log
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; die "step '$name' failed; the whole log is build/log/$name.log"; }
}
