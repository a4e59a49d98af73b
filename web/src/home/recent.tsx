import type { Overview } from '../data/contract';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { ago, shortDigest, time } from '../text/format';
import { ownLink } from '../text/links';
import { show } from '../text/show';
import { kind } from '../text/words';

export function Recent({ recent }: { recent: Overview['recent'] }) {
  const now = Date.now();
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">New</h2>
      {recent.length === 0 ? (
        <p class="empty">Nothing is registered yet. <code>aixv publish</code> puts the first model here.</p>
      ) : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Tier</th>
              <th scope="col" class="wide">Signer</th>
              <th scope="col" class="number">When</th>
            </tr>
          </thead>
          <tbody>
            {recent.map((item, index) => (
              <tr key={index}>
                <td class="cut">
                  <a href={ownLink(item.page) ?? (item.digest ? `/artifacts/${item.digest}` : '/')}>
                    {item.name ? <Text>{item.name}</Text> : <code>{show(shortDigest(item.digest ?? item.id ?? ''))}</code>}
                  </a>{' '}
                  <span class="muted small">{kind(item.kind)}</span>
                </td>
                <td><TierMark tier={item.tier} /></td>
                <td class="cut wide muted" title={item.signer ? show(item.signer.identity) : undefined}>
                  {item.signer ? <Text>{item.signer.identity}</Text> : 'nobody'}
                </td>
                <td class="number"><time dateTime={item.time} title={time(item.time)}>{ago(item.time, now)}</time></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
