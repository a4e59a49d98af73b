import { useEffect, useState } from 'preact/hooks';
import type { Block } from '../data/contract';
import { QuickSearch } from '../search/quick';
import { choose, current } from '../theme/choice';
import { FileButton } from '../files/button';
import { Icon } from './icons';

/** The bar that every page has: the way home, search, a file to look up, light or dark. */
export function Top({ page }: { page: Block['page'] }) {
  const isHome = page === 'home' || page === 'search';
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !(event.target as Element).closest('input, textarea, select')) {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('input[name=q]')?.focus();
      }
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  return (
    <div class="top">
      <a class="mark" href="/" aria-label="AIXV, home">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
          <path d="M4 4h0M4 10h0M4 16h0M16 10h0" />
          <path d="M4 4C10 4 10 10 16 10M4 10h12M4 16c6 0 6-6 12-6" />
        </svg>
        AIXV
      </a>
      {isHome ? <span class="grow" /> : <QuickSearch />}
      <FileButton />
      <ThemeButton />
    </div>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(current());
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    choose(other);
    setTheme(other);
  };
  return (
    <button type="button" class="plain" onClick={change} aria-label={`Show in ${other} colours`} title={`Show in ${other} colours`}>
      <Icon name={other} />
    </button>
  );
}
