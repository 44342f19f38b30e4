# Shared by the scripts beside this folder: where things are, how to speak, how to become root. Source it; do not run it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
deps=$root/build/deps

# Progress goes to stderr so that a script's own output stays clean.
say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  else sudo "$@"
  fi
}

# For before steps whose output goes to a log, where nobody would see that as_root gave up.
need_root_for() {
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || die "need root to $1: run as root, install sudo, or $2"
}

# quietly NAME COMMAND…: runs a long step with its output in build/log/NAME.log; shows the end of it when it fails.
quietly() {
  local name=$1 log=$root/build/log/$1.log
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; die "step '$name' failed; the whole log is build/log/$name.log"; }
}

# build PRESET [TARGET…]: configures when needed and builds; quiet and quick when nothing has changed.
build() {
  local preset=$1 folder=$root/build/$1 target targets=()
  shift
  for target in "$@"; do targets+=(--target "$target"); done
  [ -f "$folder/build.ninja" ] || { say "configuring ($preset)"; (cd "$root" && quietly "configure-$preset" cmake --preset "$preset"); }
  if [ -t 2 ]; then cmake --build "$folder" "${targets[@]}" >&2 || die "the build failed"
  else quietly "build-$preset" cmake --build "$folder" "${targets[@]}"
  fi
}
