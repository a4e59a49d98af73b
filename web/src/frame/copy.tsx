import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons';

/** Puts a text on the clipboard and says so, also to screen readers. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    const timer = outcome === null ? undefined : setTimeout(() => setOutcome(null), 1600);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    // Without a secure context there is no clipboard; the text can still be marked by hand.
    const writing = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    writing.then(() => setOutcome('copied'), () => setOutcome('failed'));
  };
  return (
    <button type="button" class="copy" onClick={copy} title={`Copy ${what}`} aria-label={`Copy ${what}`}>
      <Icon name={outcome === 'copied' ? 'done' : outcome === 'failed' ? 'failed' : 'copy'} />
      <span class="unseen" role="status">{outcome ?? ''}</span>
    </button>
  );
}
