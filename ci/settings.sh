# Sourced by the other scripts: what a job says to them, and how they speak.
#
#   AIXV_FOLDER                             the model's folder (default: .)
#   AIXV_ARTIFACTS                          the model's files, one a line (default: as aixv.json or the folder says)
#   AIXV_HUB, AIXV_OCI, AIXV_TRACK_URL      where to publish (default: as aixv.json says)
#   HF_ENDPOINT, HF_TOKEN, AIXV_OCI_USERNAME, AIXV_OCI_PASSWORD, AIXV_TRACK_KEY
#   AIXV_TRUST_URL, AIXV_TRUST_FINGERPRINT  a private Sigstore: its TUF repository, and the SHA-256 of the first root
#   AIXV_IDENTITY, AIXV_ISSUER              who is expected to have signed (default: this job)
#   AIXV_DRY_RUN=true                       says what would be published, and sends nothing

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "error: $*"
  exit 1
}

cd -- "${AIXV_FOLDER:-.}" || stop "there is no folder ${AIXV_FOLDER:-.}"

# A private instance is known under one name on a machine; another one under the same name is an error.
if [ -n "${AIXV_TRUST_URL:-}" ]; then
  [ -n "${AIXV_TRUST_FINGERPRINT:-}" ] || stop "AIXV_TRUST_URL needs AIXV_TRUST_FINGERPRINT: who runs the instance gives it to you"
  if ! aixv trust show ci >/dev/null 2>&1; then
    aixv trust add ci "$AIXV_TRUST_URL" --fingerprint "$AIXV_TRUST_FINGERPRINT"
  elif ! aixv trust show ci --json | grep -qiF "\"root_fingerprint\": \"$AIXV_TRUST_FINGERPRINT\""; then
    stop "the instance 'ci' of this machine has another fingerprint than AIXV_TRUST_FINGERPRINT"
  fi
  export AIXV_INSTANCE=ci
fi

# The files of the model, one a line.
artifacts() {
  if [ -n "${AIXV_ARTIFACTS:-}" ]; then
    printf '%s\n' "$AIXV_ARTIFACTS" | sed '/^[[:space:]]*$/d'
  else
    aixv init --list-weights
  fi
}

# In whose name this job signs, as certificates have it.
expected_identity() {
  if [ -n "${AIXV_IDENTITY:-}" ]; then
    printf '%s\n' "$AIXV_IDENTITY"
  elif [ -n "${GITHUB_WORKFLOW_REF:-}" ]; then
    printf '%s/%s\n' "${GITHUB_SERVER_URL:-https://github.com}" "$GITHUB_WORKFLOW_REF"
  elif [ -n "${CI_PROJECT_PATH:-}" ]; then
    printf 'https://%s/%s//%s@refs/%s/%s\n' "$CI_SERVER_HOST" "$CI_PROJECT_PATH" "${CI_CONFIG_PATH:-.gitlab-ci.yml}" \
      "$([ -n "${CI_COMMIT_TAG:-}" ] && printf tags || printf heads)" "$CI_COMMIT_REF_NAME"
  else
    stop "set AIXV_IDENTITY: outside of GitHub and GitLab nothing tells who is expected to have signed"
  fi
}

expected_issuer() {
  if [ -n "${AIXV_ISSUER:-}" ]; then
    printf '%s\n' "$AIXV_ISSUER"
  elif [ -n "${GITHUB_WORKFLOW_REF:-}" ]; then
    printf 'https://token.actions.githubusercontent.com\n'
  elif [ -n "${CI_SERVER_URL:-}" ]; then
    printf '%s\n' "$CI_SERVER_URL"
  else
    stop "set AIXV_ISSUER: outside of GitHub and GitLab nothing tells who vouches for the signer"
  fi
}
