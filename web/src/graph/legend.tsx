import type { Tier } from '../data/contract';
import { IconPaths, TierPaths } from '../frame/icons';
import { TierMeaning } from '../text/words';

const Tiers: Tier[] = ['attested', 'identified', 'described'];

/** What outlines, lines and shapes mean. */
export function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {Tiers.map((tier) => (
        <li key={tier} title={TierMeaning[tier]}>
          <svg width="58" height="18" viewBox="0 0 58 18" aria-hidden="true">
            <g class={`edge edge-${tier}`}><path class="line" d="M0 9H22" /></g>
            <g class={`node node-${tier}`}>
              <rect class="body" x="23" y="1" width="34" height="16" rx="3" />
              <path class="sign" d={TierPaths[tier]} transform="translate(34 3) scale(.75)" />
            </g>
          </svg>
          {tier}
        </li>
      ))}
      <li>
        <svg width="36" height="18" viewBox="0 0 36 18" aria-hidden="true"><g class="node"><path class="body" d="M1 1H28L35 9L28 17H1L8 9Z" /></g></svg>
        process
      </li>
      <li>
        <svg width="42" height="18" viewBox="0 0 42 18" aria-hidden="true">
          <g class="edge edge-recall edge-path"><path class="line" d="M0 9H24" /></g>
          <g class="node node-recalled"><path class="warn" d={IconPaths.recall} transform="translate(25 1)" /></g>
        </svg>
        recalled
      </li>
    </ul>
  );
}
