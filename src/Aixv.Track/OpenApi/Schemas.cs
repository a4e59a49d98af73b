using System.Text.Json.Nodes;

namespace Aixv.Track.OpenApi;

/// <summary>The schemas of requests and answers.</summary>
internal static class Schemas
{
    private const string Page = "total:int! limit:int! offset:int! next_cursor";
    private const string Attested = "id! agent_id! agent_uuid! name! version! hash digest status! tier! receipt_id! created_at:time! log:LogPlace transparency_log:LogPlace signature:object links:object! metadata:object";

    private static readonly (string Name, string Text)[] Table =
    [
        ("Anything", ""),
        ("Error", "code! message! http_status:int! details:object"),
        ("Reason", "reason superseded_by"),
        ("Health", "status! checks:object"),
        ("Deleted", "id! status!"),
        ("LogPlace", "log_id! leaf_index:int! leaf_hash! log_index"),
        ("Log", "origin! key! tree_size:int! root_hash! checkpoint!"),
        ("InclusionProof", "leaf_index:int! hashes:[text]! checkpoint!"),
        ("ConsistencyProof", "from:int! to:int! hashes:[text]!"),
        ("ApiKey", "id! tenant_id! name! prefix! scopes:[text]! status! created_at:time! expires_at:time last_used_at:time"),
        ("NewApiKey", "id! tenant_id! name! key! scopes:[text]! status! created_at:time! expires_at:time"),
        ("ApiKeyRequest", "name scopes:[text]! expires_at:time"),
        ("ApiKeyList", "api_keys:[ApiKey]! items:[ApiKey]! total:int! limit:int! offset:int!"),
        ("Tenant", "id! name! visibility! status! created_at:time!"),
        ("TenantRequest", "name! visibility requests_per_minute:int entries_per_day:int"),
        ("TenantList", "tenants:[Tenant]! items:[Tenant]! total:int!"),
        ("AuditEvent", "id! action! actor! created_at:time! log_index:int! details:object!"),
        ("AuditList", "events:[AuditEvent]! items:[AuditEvent]! next_cursor"),
        ("ImportRequest", "source! input! run! number:int! progress:object last:bool nodes:[object]!"),
        ("ImportAnswer", "nodes:int! log_index:int! existing:bool!"),
        ("ImportState", "input! latest:object source_run source_at:int"),
        ("Agent", "id! agent_id! tenant_id! agent_type! display_name! description trust_level! status! public_key key_id keys:[object]! identity:object scopes:[text]! metadata:object! expires_at:time created_at:time! updated_at:time!"),
        ("AgentRequest", "id display_name name agent_type description public_key identity:object scopes:[text] metadata:object expires_at:time status"),
        ("AgentList", $"agents:[Agent]! items:[Agent]! {Page}"),
        ("Record", Attested),
        ("RecordRequest", "id agent_id! name! version hash model_id dataset_ids:[text] base_model_ids:[text] metadata:object"),
        ("RecordList", $"items:[Record]! {Page}"),
        ("Model", $"{Attested} model_id! framework hyperparameters:object! metrics:object! uri training_dataset_ids:[text]! training_datasets:[object]! parent_model_ids:[text]! parent_models:[object]!"),
        ("ModelRequest", "id agent_id! name! version framework hash training_dataset_ids:[text] parent_model_ids:[text] parents:[object] relationship hyperparameters:object metrics:object metadata:object uri dsse:object bundle:object"),
        ("ModelList", $"models:[Model]! items:[Model]! {Page}"),
        ("Dataset", $"{Attested} dataset_id! format size_bytes:int record_count:int schema_version source_uri transformation parent_dataset_ids:[text]!"),
        ("DatasetRequest", "id agent_id! name! version hash format size_bytes:int record_count:int schema_version source_uri transformation parent_dataset_ids:[text] relationship metadata:object dsse:object bundle:object"),
        ("DatasetList", $"datasets:[Dataset]! items:[Dataset]! {Page}"),
        ("HashRequest", "hash digest"),
        ("Verdict", "verdict! hash! digest! reasons:[object]! models:[Model]! total:int! verified_at:time!"),
        ("RecordLineage", "id! nodes:[object]! edges:[object]! truncated:bool!"),
        ("Receipt", "id! receipt_id! rcpt_id! receipt_type! receipt_version! status! issued_at:time! tenant! tenant_id! issuer_id! actor! agent_id subject subject_type payload:object! payload_hash! statement_hash! attachments:[text]! log:LogPlace! transparency_log:object! links:object!"),
        ("ReceiptList", $"receipts:[Receipt]! items:[Receipt]! {Page}"),
        ("ReceiptSearch", "q subject receipt_type status issuer_id from_date:time to_date:time index_key index_value limit:int offset:int"),
        ("ReceiptQuestion", "receipt_id receipt:object statement"),
        ("ReceiptVerdict", "receipt_id verdict! valid:bool! reason receipt_type issuer_id issued_at:time verified_at:time! status log:object"),
        ("Attestation", "id! attestation_id! status! tier! predicate_type artifact_digest! artifacts:[object]! bundle_digest! statement_digest signer:object! signed_at:time log_entries:[object]! trust_root! lineage:[object]! receipt_id! created_at:time! log:LogPlace links:object!"),
        ("AttestationRequest", "bundle:object statement:object public_key mediaType"),
        ("AttestationList", $"attestations:[Attestation]! items:[Attestation]! {Page}"),
        ("Edge", "source! target! relationship! relation tier! log_index:int!"),
        ("Node", "id! digest record_id name type! depth:int"),
        ("Artifact", "digest! hash! name tier! models:[Model]! datasets:[Dataset]! deployments:[Record]! training_runs:[Record]! attestations:[Attestation]! parents:[Edge]! parent_count:int! child_count:int! advisories:[Advisory]! exports:object! links:object!"),
        ("ArtifactLineage", "digest! direction! depth:int! nodes:[Node]! edges:[Edge]! truncated:bool!"),
        ("ImpactItem", "id! digest record_id name type! depth:int! via:Edge!"),
        ("Impact", "digest! items:[ImpactItem]! as_of:int! limit:int! next_cursor"),
        ("ArtifactAdvisories", "digest! advisories:[Advisory]! items:[Advisory]! total:int!"),
        ("ExportFormat", "format! standard! version! media_type! category! available:bool! missing:[text]! href!"),
        ("ExportList", "digest! exports:[ExportFormat]! items:[ExportFormat]! total:int!"),
        ("Advisory", "id! advisory_id! record_id! affected:[object]! severity! status! reason_code! class! recommended_actions:[text]! signer:object! signed_at:time receipt_id! created_at:time! log:LogPlace links:object! reach certain:bool path:[object]"),
        ("AdvisoryRequest", "record:object! bundle:object!"),
        ("AdvisoryList", $"advisories:[Advisory]! items:[Advisory]! {Page}"),
        ("AdvisoryFeed", "schema! entries:[object]!"),
        ("SearchResult", "q! items:[object]! count:int! truncated:bool!"),
        ("Webhook", "id! webhook_id! url! events:[text]! description status! created_at:time! updated_at:time!"),
        ("NewWebhook", "id! webhook_id! url! events:[text]! description status! created_at:time! updated_at:time! secret!"),
        ("WebhookSecret", "id! secret!"),
        ("WebhookRequest", "url! events:[text] description"),
        ("WebhookList", $"webhooks:[Webhook]! items:[Webhook]! {Page}"),
        ("DeliveryList", "deliveries:[object]! items:[object]! total:int!"),
    ];

    public static JsonObject All() => new(Table.Select(row => KeyValuePair.Create<string, JsonNode?>(row.Name, SchemaText.Parse(row.Text))));
}
