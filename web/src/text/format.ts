const Counts = new Intl.NumberFormat('en');
const Short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export function count(value: number): string {
  return Counts.format(value);
}

/** 12.3K; the whole number below ten thousand. */
export function shortCount(value: number): string {
  return value < 10_000 ? Counts.format(value) : Short.format(value);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `sha256:4f5bb533…6e`: enough to tell two apart; the whole is in the title and what is copied. */
export function shortDigest(digest: string): string {
  const hex = digest.replace(/^sha256:/, '');
  return /^[0-9a-f]{64}$/.test(hex) ? `${hex.slice(0, 10)}…${hex.slice(-4)}` : digest;
}

/** RFC 3339 as `2026-11-22 02:21 UTC`; what cannot be read is given back as it is. */
export function time(text: string | number): string {
  const at = moment(text);
  return at === null ? String(text) : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 hours ago`, for what is less than 30 days off; the date after. */
export function ago(text: string | number, now: number): string {
  const at = moment(text);
  if (at === null) {
    return String(text);
  }
  const minutes = Math.round((now - at.getTime()) / 60_000);
  if (minutes < 1 && minutes > -5) {
    return 'just now';
  }
  if (minutes < 0 || minutes >= 30 * 24 * 60) {
    return at.toISOString().slice(0, 10);
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 24 ? `${hours} h ago` : plural(Math.round(hours / 24), 'day') + ' ago';
}

/** RFC 3339, or seconds since 1970 as a number or digits. */
function moment(text: string | number): Date | null {
  const at = typeof text === 'number' || /^\d{1,12}$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

const Units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

export function bytes(size: number): string {
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < Units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? plural(size, 'byte') : `${value.toFixed(value < 10 ? 1 : 0)} ${Units[unit]}`;
}
