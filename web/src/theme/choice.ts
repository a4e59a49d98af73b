export type Theme = 'light' | 'dark';

/** The theme that is shown: the kept choice, else the system's. */
export function current(): Theme {
  const kept = document.documentElement.dataset['theme'];
  if (kept === 'light' || kept === 'dark') {
    return kept;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function choose(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Not kept, but shown.
  }
}
