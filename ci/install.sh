#!/usr/bin/env bash
# Puts the program aixv into a folder: the one that is installed, else one that is made from this source (needs the .NET SDK).
# Usage: ci/install.sh FOLDER
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: ci/install.sh FOLDER" >&2; exit 2; }
source=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p -- "$1"
target=$(cd -- "$1" && pwd)/aixv
if installed=$(command -v aixv); then
  [ "$installed" = "$target" ] || ln -sf -- "$installed" "$target"
else
  "$source/publish.sh" >&2
  ln -sf -- "$source/artifacts/publish/aixv" "$target"
fi
"$target" version
