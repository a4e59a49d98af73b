#!/usr/bin/env bash
# Attests a model in the name of the job: how each of its files was made, as training.json says. Settings: ci/settings.sh.
set -euo pipefail
scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
. "$scripts/settings.sh"

# What nobody edited is made anew from what lies here now; what somebody edited stays.
aixv init --ci none >/dev/null
files=$(artifacts)
[ -n "$files" ] || stop "no weights were found: name the model's files in aixv.json, or in AIXV_ARTIFACTS"
while IFS= read -r file; do
  aixv attest "$file" --predicate training --input "${AIXV_CLAIM:-training.json}" --sign </dev/null
done <<<"$files"
