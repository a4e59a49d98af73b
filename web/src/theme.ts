// A classic script of the head: sets the kept choice before anything is painted. No imports, so that it stays one file.
{
  let kept: string | null = null;
  try {
    kept = localStorage.getItem('theme');
  } catch {
    // Storage is forbidden: the system's preference holds.
  }
  if (kept === 'light' || kept === 'dark') {
    document.documentElement.dataset['theme'] = kept;
  }
}
