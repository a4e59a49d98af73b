import type { Tier } from '../data/contract';

// 16 by 16, drawn with the colour of the text. Each stands beside its word, so none speaks to screen readers.

export const TierPaths: Record<Tier, string> = {
  // A shield with a tick; a number sign; a speech mark.
  attested: 'M8 1.5 13.5 3.5V8c0 3.2-2.3 5.5-5.5 6.7C4.8 13.5 2.5 11.2 2.5 8V3.5ZM5.3 8l2 2 3.6-4',
  identified: 'M6.2 2.5 4.8 13.5M11.2 2.5 9.8 13.5M2.8 5.8h11M2.2 10.2h11',
  described: 'M2.5 3.5h11v7.5h-6l-3 2.5v-2.5h-2Z',
};

export const IconPaths = {
  recall: 'M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3ZM8 4.7v4M8 11v.4',
  copy: 'M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8Z',
  done: 'M2.5 8.5l3.5 3.5 7.5-8',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9ZM10.3 10.3 14 14',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  light: 'M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  dark: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7Z',
  file: 'M9.5 1.5h-6v13h9v-10ZM9.5 1.5v3h3M8 12V7M5.8 9 8 6.8 10.2 9',
  out: 'M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  failed: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  unchecked: 'M4 8h8',
  sortUp: 'M8 13V3M4 7l4-4 4 4',
  sortDown: 'M8 3v10M4 9l4 4 4-4',
} as const;

export function Icon({ name }: { name: keyof typeof IconPaths }) {
  return <Drawn path={IconPaths[name]} />;
}

export function TierIcon({ tier }: { tier: Tier }) {
  return <Drawn path={TierPaths[tier]} />;
}

function Drawn({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
