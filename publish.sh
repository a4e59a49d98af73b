#!/bin/sh
# Publishes aixv as one self-contained file, compiled ahead of time, to artifacts/publish.
# Usage: ./publish.sh [RID], for example ./publish.sh linux-arm64
set -eu
cd "$(dirname "$0")"
rid="${1:-$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)}"
dotnet publish src/Aixv.Cli -p:PublishProfile=self-contained -p:NuGetLockFilePath="$PWD/artifacts/publish.lock.json" -p:RestorePackagesWithLockFile=false -r "$rid" -o artifacts/publish
