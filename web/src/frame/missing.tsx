import { Text } from './text';

export function Missing({ said }: { said: string | null }) {
  const asked = new URLSearchParams(location.search);
  const what = said ?? asked.get('dataset') ?? asked.get('id') ?? decode(location.pathname.split('/').pop() ?? '');
  return (
    <section class="narrow">
      <h1>Nothing is known of this</h1>
      <p class="lead">
        The registry has no entry for {what ? <code><Text>{what}</Text></code> : 'this address'}.
      </p>
      <p>That is no verdict: what nobody has described, imported or attested is not here. Search by the beginning of a name, by digest, signer or dataset.</p>
    </section>
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
