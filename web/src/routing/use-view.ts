import { useCallback, useEffect, useState } from 'preact/hooks';
import { printView, readView, type View } from './view';

type Change = (changes: Partial<View>, how?: 'push' | 'replace') => void;

/** The view as the address has it; a change is a step that the back button undoes. */
export function useView(): [View, Change] {
  const [view, setView] = useState(() => readView(location.search));
  useEffect(() => {
    const back = () => setView(readView(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const change = useCallback<Change>((changes, how = 'push') => {
    const next = { ...readView(location.search), ...changes };
    const address = location.pathname + printView(next, location.search);
    if (address !== location.pathname + location.search) {
      history[how === 'push' ? 'pushState' : 'replaceState'](history.state, '', address);
      setView(next);
    }
  }, []);
  return [view, change];
}
