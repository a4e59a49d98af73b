import { useEffect, useState } from 'preact/hooks';
import { getJson } from '../data/api';
import type { Overview, Search } from '../data/contract';
import { FileZone } from '../files/zone';
import { Icon } from '../frame/icons';
import { LongestQuery } from '../search/lookup';
import { Results } from '../search/results';
import { useSearch } from '../search/use-search';
import { plural } from '../text/format';
import { Counts } from './counts';
import { Recalls } from './recalls';
import { Recent } from './recent';

/** Search, and below it what is new and what is recalled; while something is asked for, what was found. */
export function Home({ overview: first, search }: { overview: Overview | null; search: Search | null }) {
  const [overview, setOverview] = useState(first);
  const [q, setQ] = useState(search?.q ?? '');
  const { result, failure, busy } = useSearch(q, search);
  const isSearching = q.trim() !== '';

  useEffect(() => {
    const back = () => setQ(new URLSearchParams(location.search).get('q') ?? '');
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  // A page of results comes without what the home page shows; it is fetched when the field is emptied.
  useEffect(() => {
    if (!isSearching && overview === null) {
      getJson<Overview>('/v1/overview').then(setOverview, () => undefined);
    }
  }, [isSearching, overview]);

  const type = (text: string) => {
    setQ(text);
    history.replaceState(null, '', text.trim() === '' ? '/' : `/?${new URLSearchParams({ q: text })}`);
  };

  return (
    <div class="home">
      <h1 class={isSearching ? 'unseen' : 'home-title'}>What is this model made of, and who says so?</h1>
      <form action="/" role="search" class="ask" onSubmit={(event) => event.preventDefault()}>
        <Icon name="search" />
        <input
          name="q"
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={LongestQuery}
          placeholder="Name, digest, signer or dataset"
          aria-label="Search by name, digest, signer or dataset"
          value={q}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </form>
      {isSearching ? (
        <section aria-label="Found" aria-busy={busy}>
          <p class="found" role="status">
            {failure ?? (result === null ? 'Searching' : found(result))}
          </p>
          {result && <Results search={result} />}
        </section>
      ) : overview && (
        <>
          <Counts counts={overview.counts} />
          <div class="home-columns">
            <Recent recent={overview.recent} />
            <div>
              <Recalls recalls={overview.recalls} />
              <FileZone />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function found(search: Search): string {
  return search.truncated ? `The first ${plural(search.items.length, 'entry', 'entries')} of more` : plural(search.items.length, 'entry', 'entries');
}
