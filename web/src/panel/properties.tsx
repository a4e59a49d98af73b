import { Text } from '../frame/text';
import { safeLink } from '../text/links';
import { showLines } from '../text/show';

/** What an import said of a described node: names and values as they came. */
export function Properties({ properties }: { properties: Record<string, unknown> | null }) {
  const all = Object.entries(properties ?? {}).filter(([, value]) => value !== null && value !== '');
  if (all.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>As described</h3>
      <dl class="facts">
        {all.map(([name, value]) => (
          <>
            <dt><Text>{name.replaceAll('_', ' ')}</Text></dt>
            <dd><Value value={value} /></dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Value({ value }: { value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const link = safeLink(value);
  return link ? <a href={link} rel="noreferrer noopener nofollow"><Text>{text}</Text></a> : <bdi>{showLines(text)}</bdi>;
}
