import type { Tier } from '../data/contract';
import { TierMeaning } from '../text/words';
import { TierIcon } from './icons';

/** A tier by its icon, its word and the line of its border. */
export function TierMark({ tier }: { tier: Tier }) {
  return (
    <span class={`tier tier-${tier}`} title={TierMeaning[tier]}>
      <TierIcon tier={tier} />
      {tier}
    </span>
  );
}
