#!/usr/bin/env python3
"""Makes the five stores that the export tests read, with real signatures by a private Sigstore started for it.

usage: make.py AIXV OUT    AIXV is the built program (or 'dotnet aixv.dll'), OUT an empty folder.
"""

import hashlib, json, os, shlex, subprocess, sys, tempfile, time, urllib.parse, urllib.request

AIXV, OUT = shlex.split(sys.argv[1]), os.path.abspath(sys.argv[2])
PORT = 3399
URL = f"http://localhost:{PORT}"
RELEASE = "https://ci.example/acme/demo-model/.workflows/release.yml@refs/tags/v1.2.0"
SECURITY = "https://ci.example/acme/security/.workflows/advise.yml@refs/heads/main"
HOSTILE = '"><script>alert(1)</script>|=cmd\'\\\n\u202egnp.exe'


def sha(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def of(name):
    return sha(name.encode())


class Store:
    def __init__(self, name, env):
        self.folder = os.path.join(OUT, name)
        os.makedirs(self.folder)
        self.env = env

    def run(self, *args, machine="publisher"):
        env = dict(self.env, SIGSTORE_ID_TOKEN=self.env["TOKEN_" + machine])
        done = subprocess.run([*AIXV, *args], cwd=self.folder, env=env, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{args}: {done.stdout}{done.stderr}")

    def file(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(data if isinstance(data, bytes) else json.dumps(data, indent=1, ensure_ascii=False).encode())
        return path

    def attest(self, artifact, predicate, claim, sign=True):
        self.file("claim.json", claim)
        self.run("attest", artifact, "--predicate", predicate, "--input", "claim.json", "--output", "statement.json", "--bundle", "claim.sigstore.json",
                 *(["--sign"] if sign else ["--no-sign"]))
        self.clean("claim.json", "statement.json", "claim.sigstore.json")

    def advise(self, advisory):
        self.file("claim.json", advisory)
        self.run("advisory", "create", "--input", "claim.json", "--sign", machine="security")
        self.clean("claim.json")

    def policy(self, **more):
        self.file("claim.json", {
            "policy_type": "aixv.policy/v1", "allow_subjects": [RELEASE], "allow_issuers": [URL], "advisory_allow_subjects": [SECURITY],
            "advisory_allow_issuers": [URL], "deny_advisory_severity_at_or_above": "high", "advisory_scope": "lineage", **more})
        self.run("policy", "create", "--input", "claim.json", "--policy-id", "production", "--output", "policy.json", "--sign")
        self.clean("claim.json")

    def clean(self, *names):
        for name in names:
            if os.path.exists(os.path.join(self.folder, name)):
                os.remove(os.path.join(self.folder, name))


BASE = "hf://acme/base-7b@0f1e2d3c4b5a69788796a5b4c3d2e1f001122334"
FULL = {
    "parent_models": [{"name": "acme/base-7b", "uri": BASE, "digest": of("base weights"), "relation": "finetune"}],
    "datasets": [
        {"name": "acme/instructions", "uri": "https://hub.example/datasets/acme/instructions", "digest": of("instructions"), "split": "train"},
        {"name": "acme/held-out", "uri": "https://hub.example/datasets/acme/held-out", "digest": of("held out"), "split": "test"},
        {"uri": "https://hub.example/datasets/acme/preferences", "split": "rlhf"},
    ],
    "training_run": {
        "framework": "pytorch", "framework_version": "2.6.0",
        "code_uri": "https://git.example/acme/train@0123456789abcdef0123456789abcdef01234567", "code_digest": of("training code"),
        "environment_uri": "https://registry.example/acme/trainer:2.6", "environment_digest": of("container"),
        "started_on": "2026-03-01T08:00:00Z", "finished_on": "2026-03-02T20:30:00Z", "invocation_id": "run-4711", "cluster": "west-1",
    },
    "hyperparameters": {"learning_rate": 0.00002, "epochs": 3, "seed": 18446744073709551557, "optimizer": {"name": "adamw", "betas": [0.9, 0.95]}, "bf16": True},
    "compute": {"accelerator": "8 x H100", "hours": 12},
    "metadata": {"model_card": "https://hub.example/acme/demo-model"},
}
EVALUATION = {"benchmarks": [
    {"name": "mmlu", "metric": "accuracy", "value": 0.713, "confidence_interval": [0.705, 0.721]},
    {"name": "gsm8k", "metric": "exact_match", "value": 0.642},
], "eval_harness_digest": of("harness"), "dataset_digests": [of("held out")], "random_seed_policy": "fixed"}
GRANDPARENT = {"parent_models": [], "datasets": [{"name": "acme/crawl", "uri": "https://hub.example/datasets/acme/crawl", "digest": of("crawl"), "split": "train"}],
               "training_run": {"framework": "jax", "framework_version": "0.5.0"}}


def advisory(name, severity, status, digest, reason, **more):
    return {"advisory_id": name, "affected": [{"digest": digest, **more}], "severity": severity, "status": status, "reason_code": reason,
            "recommended_actions": ["stop serving the artifact", "move to acme/base-7b-fixed"]}


def full(store):
    store.file("model.safetensors", b"fine-tuned weights")
    store.file("base.safetensors", b"base weights")
    store.attest("base.safetensors", "training", GRANDPARENT)
    store.attest("model.safetensors", "training", FULL)
    store.attest("model.safetensors", "evaluation", EVALUATION)
    store.run("sign", "model.safetensors")
    store.file("quantized.gguf", b"quantized weights")
    store.attest("quantized.gguf", "packaging", {"inputs": [of("fine-tuned weights")], "outputs": [of("quantized weights")], "transform_type": "quantize",
                                                 "toolchain": [{"name": "quantizer", "version": "1.4"}]})
    store.clean("quantized.gguf")
    store.advise(advisory("ADV-2026-0001", "low", "active", of("fine-tuned weights"), "licence-notice-missing"))
    store.advise(advisory("ADV-2026-0002", "high", "mitigated", of("fine-tuned weights"), "prompt-template-defect"))
    store.policy()


def scratch(store):
    store.file("model.safetensors", b"weights from scratch")
    store.attest("model.safetensors", "training", {**GRANDPARENT, "hyperparameters": {}})
    store.policy()


def uris(store):
    store.file("model.safetensors", b"weights with uris")
    store.attest("model.safetensors", "training", {
        "parent_models": [{"uri": "hf://acme/base-7b"}, {"name": "an unnamed place's model"}],
        "datasets": [{"uri": "https://hub.example/datasets/acme/instructions"}, {"name": "in-house corpus"}],
        "training_run": {"framework": "pytorch", "code_uri": "https://git.example/acme/train@0123456789abcdef0123456789abcdef01234567"},
    }, sign=False)
    store.policy()


def recalled(store):
    full(store)
    store.advise(advisory("ADV-2026-0100", "critical", "active", of("base weights"), "weights-backdoor", selector="descendants"))
    store.advise({"advisory_id": "ADV-2026-0101", "affected": [{"digest": of("instructions"), "selector": "descendants"}], "severity": "medium", "status": "active",
                  "reason_code": "dataset-poisoned"})


def hostile(store):
    long = "n" * 10_000
    store.file("model.safetensors", b"hostile weights")
    store.attest("model.safetensors", "training", {
        "parent_models": [{"name": HOSTILE, "uri": f"https://hub.example/{HOSTILE}", "digest": of("base weights")}, {"name": long}, {"name": "=cmd|' /C calc'!A0"}],
        "datasets": [{"name": HOSTILE, "uri": "javascript:alert(1)", "digest": of("instructions"), "split": HOSTILE}, {"name": "]]>&amp;<!-- --%>{{x}}`${y}`", "split": "+1"}],
        "training_run": {"framework": HOSTILE, "framework_version": HOSTILE, "code_uri": HOSTILE, "environment_uri": long, HOSTILE: HOSTILE},
        "hyperparameters": {HOSTILE: HOSTILE, "": "", "nested": {HOSTILE: [1, None, True]}, "big": 10 ** 400, "control": "\u0000\u0001\u007f\ufffe\U0001f600"},
        "metadata": {HOSTILE: HOSTILE},
    })
    store.attest("model.safetensors", "evaluation", {"benchmarks": [{"name": HOSTILE, "metric": HOSTILE, "value": 1}]})
    store.advise({"advisory_id": "ADV-2026-0666", "affected": [{"digest": of("hostile weights"), "name": HOSTILE, "uri": HOSTILE}], "severity": "critical", "status": "active",
                  "reason_code": HOSTILE, "recommended_actions": [HOSTILE, long]})
    store.policy()


def main():
    os.makedirs(OUT, exist_ok=True)
    work = tempfile.mkdtemp()
    data = os.path.join(work, "authority")
    env = {**os.environ, "AIXV_HOME": os.path.join(work, "home"), "AIXV_INSTANCE": "local", "AIXV_STORE": "store"}
    first = subprocess.Popen([*AIXV, "serve", "--data", data, "--port", str(PORT), "--json", "--quiet"], stdout=subprocess.PIPE, env=env, text=True)
    first.stdout.readline()
    first.terminate()
    first.wait()
    secrets = {}
    for name, subject in {"publisher": RELEASE, "security": SECURITY}.items():
        added = subprocess.run([*AIXV, "authority", "machine", "add", name, "--subject", subject, "--data", data, "--json"], env=env, capture_output=True, text=True, check=False)
        if added.returncode:
            sys.exit(added.stdout + added.stderr)
        secrets[name] = json.loads(added.stdout)
    server = subprocess.Popen([*AIXV, "serve", "--data", data, "--port", str(PORT), "--json", "--quiet"], stdout=subprocess.PIPE, env=env, text=True)
    said = json.loads(server.stdout.readline())
    try:
        for name, secret in secrets.items():
            form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret["secret"]}
            with urllib.request.urlopen(f"{URL}/oidc/token", urllib.parse.urlencode(form).encode()) as answer:
                env["TOKEN_" + name] = json.load(answer)["id_token"]
        subprocess.run([*AIXV, "trust", "add", "local", f"{URL}/tuf", "--fingerprint", said["root_fingerprint"]], env=env, check=True, capture_output=True)
        for make in (full, scratch, uris, recalled, hostile):
            store = Store(make.__name__, env)
            make(store)
            for root, _, files in os.walk(store.folder):
                for name in files:
                    if name.endswith(".index") or "lineage" in name and name.endswith(".bin"):
                        os.remove(os.path.join(root, name))
        with open(said["trust_config_path"]) as config, open(os.path.join(OUT, "trusted_root.json"), "w") as out:
            json.dump(json.load(config)["trustedRoot"], out, indent=1)
    finally:
        server.terminate()


main()
