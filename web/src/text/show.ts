// Text of strangers: a name may turn the text around it (bidirectional controls), hide in zero width, or break lines.
// Such characters are shown by their number; what is left is isolated by <bdi>.

const Hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffc]|[\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** The text with every hidden or turning character written as ⟨U+XXXX⟩. */
export function show(text: string): string {
  // What should be text may be missing in an answer of another version.
  return String(text ?? '').replace(Hidden, (c) => `⟨U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/** The same, where lines are welcome. */
export function showLines(text: string): string {
  return text.split('\n').map(show).join('\n');
}
