// A file is chosen in several places (the bar, the home page, dropped anywhere) and looked up in one.

const asked = new EventTarget();

export function lookUp(file: File): void {
  asked.dispatchEvent(new CustomEvent('file', { detail: file }));
}

export function onLookUp(act: (file: File) => void): () => void {
  const listener = (event: Event) => act((event as CustomEvent<File>).detail);
  asked.addEventListener('file', listener);
  return () => asked.removeEventListener('file', listener);
}
