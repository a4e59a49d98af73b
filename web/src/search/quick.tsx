import { useRef, useState } from 'preact/hooks';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { distinct, kindOf, LongestQuery, nameOf, pageOf } from './lookup';
import { useSearch } from './use-search';

/** The search field of the bar: suggestions under it, a form for everything else. */
export function QuickSearch() {
  const [q, setQ] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const { result } = useSearch(isOpen ? q : '', null);
  const items = distinct(result?.items ?? []).map((one) => one.item).filter((item) => pageOf(item) !== null).slice(0, 8);
  const shown = isOpen && q.trim() !== '' && result !== null;

  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMarked((old) => (items.length === 0 ? -1 : (old + step + items.length + (old < 0 && step < 0 ? 1 : 0)) % items.length));
    } else if (event.key === 'Escape') {
      setOpen(false);
    } else if (event.key === 'Enter' && shown && items[marked]) {
      event.preventDefault();
      location.assign(pageOf(items[marked])!);
    }
  };

  return (
    <form class="quick" action="/" role="search">
      <Icon name="search" />
      <input
        ref={field}
        name="q"
        type="search"
        autocomplete="off"
        spellcheck={false}
        maxLength={LongestQuery}
        placeholder="Name, digest, signer or dataset"
        aria-label="Search"
        role="combobox"
        list={undefined}
        aria-expanded={shown}
        aria-controls="quick-list"
        aria-autocomplete="list"
        {...(shown && marked >= 0 ? { 'aria-activedescendant': `quick-${marked}` } : {})}
        value={q}
        onInput={(event) => {
          setQ(event.currentTarget.value);
          setOpen(true);
          setMarked(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={key}
      />
      <ul id="quick-list" role="listbox" aria-label="Found" hidden={!shown}>
        {shown && items.map((item, index) => (
          <li
            key={index}
            id={`quick-${index}`}
            role="option"
            aria-selected={index === marked}
            onPointerDown={(event) => {
              event.preventDefault();
              location.assign(pageOf(item)!);
            }}
          >
            <span class="cut"><Text>{nameOf(item)}</Text></span>
            <span class="muted"><Text>{kindOf(item)}</Text></span>
          </li>
        ))}
        {shown && items.length === 0 && <li role="option" aria-selected={false} aria-disabled="true" class="muted">Nothing begins like that.</li>}
      </ul>
    </form>
  );
}
