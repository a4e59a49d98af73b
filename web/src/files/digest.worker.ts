import { digestOf } from './digest';

export type Told = { done: number } | { digest: string } | { failure: string };

const tell = (told: Told) => postMessage(told);

addEventListener('message', (event: MessageEvent<File>) => {
  digestOf(event.data, (done) => tell({ done })).then(
    (digest) => tell({ digest }),
    (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
