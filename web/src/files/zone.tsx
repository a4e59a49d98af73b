import { FileButton } from './button';

export function FileZone() {
  return (
    <section aria-labelledby="file" class="zone">
      <h2 id="file">Have the file?</h2>
      <p>Drop it anywhere on this page. Its SHA-256 is computed here, in your browser, and looked up. Nothing is uploaded.</p>
      <FileButton text="Choose a file" />
    </section>
  );
}
