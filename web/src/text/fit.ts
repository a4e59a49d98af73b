// SVG neither wraps nor shortens text, and measuring waits for fonts; widths are estimated instead, and what is drawn is clipped.

function widthOf(character: string): number {
  if (/[ijl.,:;|!'`()[\]/ftrI\- ]/.test(character)) {
    return 0.33;
  }
  if (/[mwMW@%⟨⟩]/.test(character)) {
    return 0.87;
  }
  if (/[A-Z_0-9]/.test(character)) {
    return 0.63;
  }
  return character.codePointAt(0)! >= 0x1100 ? 1.02 : 0.57;
}

export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) {
    sum += widthOf(character);
  }
  return sum * size;
}

/** The text in at most `width` pixels: the middle gives way, because names of models differ at both ends. */
export function fit(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) {
    return text;
  }
  const characters = [...text.slice(0, 400)];
  const room = width - size; // the ellipsis
  const tail: string[] = [];
  let used = 0;
  while (tail.length < characters.length) {
    const next = characters[characters.length - 1 - tail.length]!;
    if (used + widthOf(next) * size > room * 0.55) {
      break;
    }
    used += widthOf(next) * size;
    tail.unshift(next);
  }
  const head: string[] = [];
  while (head.length + tail.length < characters.length) {
    const next = characters[head.length]!;
    if (used + widthOf(next) * size > room) {
      break;
    }
    used += widthOf(next) * size;
    head.push(next);
  }
  return `${head.join('')}…${(text.length > 400 ? [...text.slice(-400)].slice(-tail.length) : tail).join('')}`;
}
