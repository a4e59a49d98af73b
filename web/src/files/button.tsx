import { useRef } from 'preact/hooks';
import { Icon } from '../frame/icons';
import { lookUp } from './asked';

/** Chooses a file whose digest is then looked up. */
export function FileButton({ text }: { text?: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={text ? 'button' : 'plain file-button'} onClick={() => input.current?.click()} title="Look up a file by its digest; nothing is uploaded">
        <Icon name="file" />
        <span class="file-word">{text ?? 'Check a file'}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to look up"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) {
            lookUp(file);
          }
        }}
      />
    </>
  );
}
