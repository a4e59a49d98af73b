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
    const writing = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    writing.catch(() => copyOld(text)).then(() => setOutcome('copied'), () => setOutcome('failed'));
  };
  return (
    <button type="button" class="copy" onClick={copy} title={`Copy ${what}`} aria-label={`Copy ${what}`}>
      <Icon name={outcome === 'copied' ? 'done' : outcome === 'failed' ? 'failed' : 'copy'} />
      <span class="unseen" role="status">{outcome ?? ''}</span>
    </button>
  );
}

/** Without a secure context (http on another host than this) there is no clipboard but by way of a marked field. */
function copyOld(text: string): void {
  const field = document.body.appendChild(Object.assign(document.createElement('textarea'), { value: text, className: 'unseen', readOnly: true }));
  const before = document.activeElement as HTMLElement | null;
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  before?.focus();
  if (!isCopied) {
    throw new Error('not copied');
  }
}
