#!/usr/bin/env bash
# Writes what is proved into the model card, checks the card, and publishes the bundles. Settings: ci/settings.sh.
set -euo pipefail
scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
. "$scripts/settings.sh"

card=${AIXV_CARD:-README.md}
options=()
[ -z "${AIXV_HUB:-}" ] || options+=(--hub "$AIXV_HUB")
weights=()
files=$(artifacts)
while IFS= read -r file; do weights+=(--weights "$file"); done <<<"$files"
if [ -f "$card" ]; then
  aixv card "$card" "${weights[@]}" "${options[@]}"
  aixv card "$card" --check "${weights[@]}" "${options[@]}"
  options+=(--card)
fi
[ -z "${AIXV_OCI:-}" ] || options+=(--oci "$AIXV_OCI")
[ "${AIXV_DRY_RUN:-}" != true ] || options+=(--dry-run)
aixv publish "${weights[@]}" "${options[@]}"
