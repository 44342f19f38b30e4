# Installs what the project builds on: Debian packages, and three Debian source packages that older releases lack
# (unpacked into build/deps, nothing of them is committed). Source it after common.sh; each step skips what is there.

packages_build=(g++ cmake ninja-build pkg-config dpkg-dev python3 libsqlite3-dev libssl-dev nlohmann-json3-dev libcli11-dev
  libspdlog-dev libfmt-dev libqrcodegencpp-dev libboost-test-dev libhowardhinnant-date-dev tzdata brotli emscripten node-acorn terser)
packages_test=(chromium fonts-dejavu-core fonts-noto-core)
packages_check=(clang-format)
packages_tidy=(clang-tidy)

# install_packages NAME…: installs those that are missing, in one go.
install_packages() {
  local missing=() name installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for name in "$@"; do grep -qx "installed $name" <<<"$installed" || missing+=("$name"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "these packages are missing and there is no apt-get to install them: ${missing[*]}"
  need_root_for "install packages" "install these yourself: ${missing[*]}"
  say "installing ${#missing[@]} packages: ${missing[*]}"
  quietly apt-update as_root apt-get update
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# The machine's own mirror for packages with this label ("Debian", "Debian-Security").
mirror() { apt-get indextargets --format '$(SITE)' 'Origin: Debian' "Label: $1" | head -n 1; }

# Runs apt-get with a private list of Debian's newer source packages; the machine's own lists stay untouched.
source_apt() {
  local state=$deps/apt
  apt-get -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::Lists="$state/lists" \
    -o APT::Sandbox::User=root "$@"
}

# unpack_source PACKAGE SUITE…: the newest version that those suites offer, in build/deps/PACKAGE, patches applied.
unpack_source() {
  local package=$1 state=$deps/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg suite site
  shift
  [ ! -d "$deps/$package" ] || return 0
  say "fetching the source package $package"
  mkdir -p "$state/lists/partial" "$state/unpacked"
  : >"$state/sources.list"
  for suite in "$@"; do
    case $suite in *-security) site=$(mirror Debian-Security) ;; *) site=$(mirror Debian) ;; esac
    [ -n "$site" ] || continue
    echo "deb-src [signed-by=$keyring] $site $suite main" >>"$state/sources.list"
  done
  quietly "$package-lists" source_apt update
  (cd "$state/unpacked" && quietly "$package-source" source_apt source "$package")
  mv "$(find "$state/unpacked" -maxdepth 1 -type d -name "$package-*" | head -n 1)" "$deps/$package"
}

system_has() { [ -n "$(apt-cache search --names-only "^$1\$" 2>/dev/null)" ]; }

# Botan 3 as a small static library with just the modules that server/crypto uses; newer releases have it as a package.
build_botan() {
  # Names differ a little between versions, so those that this one does not know are left out.
  local modules=aes,aes_ni,aes_vaes,aes_vperm,cbc,gcm,ghash,ghash_cpu,ghash_vperm
  modules+=,argon2,argon2_avx2,argon2_simd64,argon2_ssse3,blake2,hkdf,hmac
  modules+=,hotp,sha1,sha1_simd,sha1_x86
  modules+=,sha2_32,sha2_32_x86,sha2_32_avx2,sha2_64,sha2_64_avx2,system_rng,base32,base64,hex,locking_allocator
  [ "$(cat "$deps/botan/modules" 2>/dev/null)" != "$modules" ] || return 0
  if system_has libbotan-3-dev; then install_packages libbotan-3-dev; return; fi
  unpack_source botan3 trixie trixie-security
  say "building Botan"
  local known enabled=() name
  known=$(cd "$deps/botan3" && ./configure.py --list-modules 2>/dev/null)
  for name in ${modules//,/ }; do ! grep -qx "$name" <<<"$known" || enabled+=("$name"); done
  (cd "$deps/botan3"
   quietly botan-configure ./configure.py --prefix="$deps/botan" --minimized-build --disable-shared-library \
     --build-targets=static --without-documentation --enable-modules="$(IFS=,; echo "${enabled[*]}")"
   quietly botan-build make -j"$(nproc)"
   quietly botan-install make install)
  echo "$modules" >"$deps/botan/modules"
}

# cpp-httplib split into a header and one source file, so that it is compiled once.
split_httplib() {
  [ ! -f "$deps/httplib/httplib.cc" ] || return 0
  unpack_source cpp-httplib trixie trixie-security
  (cd "$deps/cpp-httplib" && quietly httplib-split python3 ./split.py -o "$deps/httplib")
}

install_build_dependencies() {
  mkdir -p "$deps"
  install_packages "${packages_build[@]}"
  build_botan
  split_httplib
  unpack_source imgui forky sid
}

# install_node_modules FOLDER: what its package-lock.json names; nothing of it is run.
install_node_modules() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] ||
    (cd "$1" && quietly npm npm ci --no-audit --no-fund --ignore-scripts && touch node_modules/.package-lock.json)
}

# The providers' own clients need a newer Node than Debian 12 has.
has_node_20() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

install_test_dependencies() {
  install_packages "${packages_test[@]}"
  command -v npm >/dev/null || install_packages npm
  install_node_modules "$root/tests/browser"
  ! has_node_20 || install_node_modules "$root/tests/conformance"
}
