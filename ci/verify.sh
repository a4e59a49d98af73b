#!/usr/bin/env bash
# Verifies as a stranger would: the model's files by their bundles, signed by this job and nobody else. With AIXV_VERIFY_DOWNLOAD=true
# what the hub gives is fetched and verified too, weights and all. Settings: ci/settings.sh.
set -euo pipefail
scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
. "$scripts/settings.sh"

identity=$(expected_identity)
issuer=$(expected_issuer)
names=()
files=$(artifacts)
while IFS= read -r file; do names+=(--file "$file"); done <<<"$files"
aixv fetch . "${names[@]}" --identity "$identity" --issuer "$issuer"
if [ "${AIXV_VERIFY_DOWNLOAD:-}" = true ] && [ "${AIXV_DRY_RUN:-}" != true ]; then
  [ -n "${AIXV_HUB:-}" ] || stop "AIXV_VERIFY_DOWNLOAD needs AIXV_HUB: which model is it on the hub?"
  downloaded=$(mktemp -d)
  trap 'rm -rf -- "$downloaded"' EXIT
  aixv fetch "$AIXV_HUB" "${names[@]}" --output "$downloaded" --identity "$identity" --issuer "$issuer"
fi
