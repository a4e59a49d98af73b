import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../frame/icons';
import { lookUp, onLookUp } from './asked';
import { FileLookup } from './file-lookup';

/** Takes files dropped anywhere, and shows what is found in a dialog. */
export function FileDrop() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);

  useEffect(() => onLookUp((chosen) => {
    setFile(chosen);
    if (!dialog.current?.open) {
      dialog.current?.showModal();
    }
  }), []);
  useEffect(() => watchDrops(setOver), []);

  return (
    <>
      {isOver && <div class="over" aria-hidden="true"><p><Icon name="file" />Drop to look up its digest. Nothing is uploaded.</p></div>}
      <dialog ref={dialog} class="dialog" aria-labelledby="looked-up" onClose={() => setFile(null)}>
        <h2 id="looked-up">Looking up a file</h2>
        {file && <FileLookup key={`${file.name} ${file.size} ${file.lastModified}`} file={file} />}
        <form method="dialog"><button class="button">Close</button></form>
      </dialog>
    </>
  );
}

function watchDrops(setOver: (isOver: boolean) => void): () => void {
  let depth = 0;
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const on: Record<string, (event: DragEvent) => void> = {
    dragenter: () => setOver(++depth > 0),
    dragleave: () => setOver(--depth > 0),
    dragover: (event) => event.preventDefault(),
    drop: (event) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) {
        lookUp(file);
      }
    },
  };
  const listeners = Object.entries(on).map(([name, act]) => [name, (event: Event) => carriesFiles(event as DragEvent) && act(event as DragEvent)] as const);
  listeners.forEach(([name, listener]) => addEventListener(name, listener));
  return () => listeners.forEach(([name, listener]) => removeEventListener(name, listener));
}
