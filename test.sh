#!/usr/bin/env bash
# Builds everything, runs every test project and prints, last, `N passed, N failed, N skipped`.
# Installs what the tests talk to (Debian packages when root, npm packages into node_modules beside their package.json).
# Exit code: 0 when all passed, and every skip has a cause that is really there; 1 otherwise.
# With CI=true a peer that cannot be installed is a failure.

set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null

configuration=Release
results=$PWD/artifacts/test-results
limit=600 # seconds for one test project
export LC_ALL=C.UTF-8 NO_COLOR=1 TERM=dumb
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Whatever identity this machine has, the tests are not to sign with it.
unset AIXV_INSTANCE SIGSTORE_ID_TOKEN GITHUB_ACTIONS ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN GITLAB_CI BUILDKITE

say() { printf '%s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }
stop() {
  say "error: $*"
  say "0 passed, 1 failed, 0 skipped"
  exit 1
}
# What a peer's absence means: a note here, a failure where everything can be had.
lacks() {
  if [ "${CI:-}" = true ]; then stop "$*"; fi
  say "note: $*; the tests that need it are skipped"
}

# --- what the tests talk to ---------------------------------------------------------------------------------------

has_jsonschema() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -c 'import jsonschema; jsonschema.Draft202012Validator' >/dev/null 2>&1 && return
  done
  return 1
}

# Modules of Debian's python3 that validate exports, by the package that brings them.
python_modules=(rdflib:python3-rdflib cbor2:python3-cbor2 cryptography:python3-cryptography networkx:python3-networkx google.protobuf:python3-protobuf jsonschema:python3-jsonschema prov:python3-prov html5lib:python3-html5lib yaml:python3-yaml)
has_module() { /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

# Debian keeps the server's programs out of the path.
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || have initdb; }

install_packages() {
  local missing=() module
  have openssl || missing+=(openssl)
  have ip || missing+=(iproute2)
  have unshare || missing+=(util-linux)
  have strace || missing+=(strace)
  have git || missing+=(git)
  has_jsonschema || missing+=(python3-jsonschema)
  have curl || missing+=(curl)
  has_postgres || missing+=(postgresql)
  have xmllint || missing+=(libxml2-utils)
  have dot || missing+=(graphviz)
  have protoc || missing+=(protobuf-compiler)
  have chromium || missing+=(chromium fonts-dejavu-core)
  for module in "${python_modules[@]}"; do
    has_module "${module%%:*}" || missing+=("${module#*:}")
  done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" != 0 ] || ! have apt-get; then
    lacks "not installed, and only root on Debian can have them installed here: ${missing[*]}"
    return
  fi
  say "installing with apt-get: ${missing[*]}"
  if ! { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}"; } \
      >"$results/apt.log" 2>&1; then
    tail -n 5 "$results/apt.log"
    lacks "apt-get could not install ${missing[*]}"
  fi
}

install_peers() {
  local folder=$1 stamp
  if ! have node || ! have npm; then
    lacks "node and npm (20 or newer) are not installed"
    return
  fi
  if [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
    lacks "node is $(node --version), the peers need 20 or newer"
    return
  fi
  stamp=$(cat $folder/package-lock.json <(node --version) | sha256sum)
  if [ -d $folder/node_modules ] && [ "$(cat $folder/node_modules/.installed 2>/dev/null)" = "$stamp" ]; then return; fi
  say "installing with npm ci: the peers of $folder"
  if (cd $folder && npm ci --ignore-scripts) >"$results/npm.log" 2>&1; then
    say "$stamp" >$folder/node_modules/.installed
  else
    tail -n 5 "$results/npm.log"
    lacks "npm ci in $folder failed"
  fi
}

# --- the build ----------------------------------------------------------------------------------------------------

build() {
  dotnet build aixv.slnx --configuration $configuration --tl:off -nodeReuse:false -v:minimal -clp:NoSummary "$@" >"$results/build.log" 2>&1
}

build_all() {
  local started=$SECONDS
  say "building aixv.slnx ($configuration)"
  if ! build -p:RestoreLockedMode=true; then
    if grep -q 'NU1004' "$results/build.log"; then
      say "note: packages.lock.json files are of another SDK than $(dotnet --version); restoring without them"
      build -p:NuGetLockFilePath=obj/packages.lock.json && return
    fi
    grep -E '(error|warning) ' "$results/build.log" | sort -u | head -n 40 || tail -n 40 "$results/build.log"
    stop "the build failed; all of it is in artifacts/test-results/build.log"
  fi
  say "built in $((SECONDS - started)) s"
}

# --- the tests ----------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0
troubles=()

# One attribute of the <assembly> element of a result file.
count() { grep -o '<assembly [^>]*' "$1" | head -n 1 | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*'; }

# The skipped tests of a result file, one a line: name, tab, reason.
skips() {
  tr '\n' ' ' <"$1" | sed 's/<test /\n&/g' | grep 'result="Skip"' |
    sed -E 's/.* name="([^"]*)".*<reason>(<!\[CDATA\[)?([^]<]*).*/\1\t\3/; s/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

# Whether a reason names a cause that is really there.
excused() {
  case $1 in
    *'../shared'*) [ ! -d ../shared ] ;;
    *'network namespace'*) ! unshare -n true 2>/dev/null && ! unshare -rn true 2>/dev/null ;;
    *'npm ci in tests/validators'*) [ ! -e tests/validators/node_modules/.installed ] ;;
    "python3's "*) ! has_module "$(cut -d ' ' -f 2 <<<"$1")" ;;
    'xmllint is not'* | 'dot is not'* | 'protoc is not'* | 'chromium is not'*) ! have "${1%% *}" ;;
    *'npm ci'* | *'node is not'*) [ ! -e tests/interop/node_modules/.installed ] ;;
    *openssl*) ! have openssl ;;
    'ip is not installed') ! have ip ;;
    *jsonschema*) ! has_jsonschema ;;
    'no file system can be mounted'*) ! unshare -m mount -t tmpfs none /mnt 2>/dev/null && ! unshare -Urm mount -t tmpfs none /mnt 2>/dev/null ;;
    *PostgreSQL*) ! has_postgres ;;
    *strace*) ! have strace || ! strace -f -e trace=network true 2>/dev/null ;;
    *) false ;;
  esac
}

run_project() {
  local name=$1 file=$results/$1.xml log=$results/$1.log started=$SECONDS status=0 p f s
  local program=$PWD/artifacts/bin/$name/${configuration,,}/$name.dll
  rm -f -- "$file"
  mkdir -p -- "$scratch/$name/home" "$scratch/$name/tmp"
  HOME=$scratch/$name/home AIXV_HOME=$scratch/$name/aixv TMPDIR=$scratch/$name/tmp \
    timeout -k 10 $limit dotnet "$program" -noColor -noLogo -noAutoReporters -xml "$file" >"$log" 2>&1 || status=$?
  rm -rf -- "${scratch:?}/$name"
  if ! p=$(count "$file" passed 2>/dev/null) || ! f=$(count "$file" failed) || ! s=$(count "$file" skipped); then
    tail -n 30 "$log"
    troubles+=("$name ended with code $status and without results")
    return
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '%-26s %5d passed %3d failed %3d skipped %5d s\n' "$name" "$p" "$f" "$s" $((SECONDS - started))
  if [ "$status" != 0 ]; then
    grep -A 12 '\[FAIL\]\|\[FATAL ERROR\]' "$log" | head -n 200
    if [ "$f" = 0 ]; then
      tail -n 30 "$log"
      troubles+=("$name ended with code $status")
    fi
  elif [ "$p" = 0 ] && [ -n "$(find "tests/$name" -name '*Tests.cs' -print -quit)" ]; then
    troubles+=("$name passed no test")
  fi
  while IFS=$'\t' read -r test reason; do
    if excused "$reason"; then
      say "  skipped: $test: $reason"
    else
      troubles+=("$test was skipped without need: $reason")
    fi
  done < <(if [ "$s" != 0 ]; then skips "$file"; fi)
}

# The pages' script and style, which the build embeds; and the tests of the parts that need no browser.
build_pages() {
  local status=0
  if ! have node || ! have npm; then return; fi # said already
  say "building web"
  node web/build/make.mjs >"$results/web-build.log" 2>&1 || status=$?
  if [ "$status" = 3 ]; then
    tail -n 5 "$results/web-build.log"
    lacks "npm ci in web failed"
  elif [ "$status" != 0 ]; then
    tail -n 20 "$results/web-build.log"
    stop "the pages were not built; all of it is in artifacts/test-results/web-build.log"
  fi
}

run_pages() {
  local report=$results/web.txt log=$results/web.log started=$SECONDS p f s
  if [ ! -e web/node_modules/.packages ]; then return; fi
  rm -f -- "$report"
  (cd web && timeout -k 10 $limit node tests/run.mjs --report "$report") >"$log" 2>&1
  if ! read -r p f s <"$report" || [[ ! $p$f$s =~ ^[0-9]+$ ]] || [ "$p" = 0 ]; then
    tail -n 30 "$log"
    troubles+=("web ended without results")
    return
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '%-26s %5d passed %3d failed %3d skipped %5d s\n' web "$p" "$f" "$s" $((SECONDS - started))
  if [ "$f" != 0 ]; then grep -A 20 '^ *not ok' "$log" | head -n 200; fi
  if [ "$s" != 0 ]; then troubles+=("a test of web was skipped; none needs to be"); fi
}

# --- all of it ----------------------------------------------------------------------------------------------------

have dotnet || stop ".NET SDK 10 is not installed (no 'dotnet' on the path)"
dotnet --version >/dev/null 2>&1 || stop "no .NET SDK that global.json accepts: $(dotnet --version 2>&1 | head -n 3 | tr '\n' ' ')"
mkdir -p -- "$results" || exit 1
scratch=$(mktemp -d) && chmod 711 "$scratch" || exit 1 # the databases of tests run as another user
trap 'rm -rf -- "$scratch"' EXIT

install_packages
install_peers tests/interop
install_peers tests/validators
build_pages
build_all
for project in tests/*.Tests; do
  run_project "$(basename -- "$project")"
done
run_pages
[ $((passed + failed)) -gt 0 ] || troubles+=("no test was run")
for trouble in ${troubles[@]+"${troubles[@]}"}; do
  say "error: $trouble"
done
failed=$((failed + ${#troubles[@]}))
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
