import { show } from '../text/show';

/** Text of strangers, made harmless and isolated. */
export function Text({ children }: { children: string }) {
  return <bdi>{show(children)}</bdi>;
}
