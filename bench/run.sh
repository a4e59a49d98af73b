#!/usr/bin/env bash
# Measures what aixv is measured by and prints the table as Markdown; progress goes to standard error.
# Usage: ./bench/run.sh [--rows NAME,NAME] [--repeats N] [--file-mib N] [--scratch FOLDER] [--artifacts N]
# Wants a quiet machine, 5 GB of disk in the scratch folder (default artifacts/bench) and page cache for them; openssl; for some
# rows node with npm, and wrk. A row whose peer is missing says so.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NO_COLOR=1
out=$PWD/artifacts/bench
mkdir -p "$out"
rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)
{
  dotnet build -c Release bench/Aixv.Bench -v quiet
  ./publish.sh "$rid"
  dotnet publish bench/Aixv.Bench.Empty -r "$rid" -o "$out/empty" -v quiet -p:RestorePackagesWithLockFile=false \
    -p:NuGetLockFilePath="$out/empty.lock.json" -p:PublishProfileFullPath="$PWD/src/Aixv.Cli/Properties/PublishProfiles/self-contained.pubxml"
  if command -v npm >/dev/null; then (cd bench/peers && npm ci --silent); fi
} >&2
exec dotnet artifacts/bin/Aixv.Bench/release/Aixv.Bench.dll --cli artifacts/publish/aixv --empty "$out/empty/Aixv.Bench.Empty" \
  --peers bench/peers --scratch "$out" "$@"
