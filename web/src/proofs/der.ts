import { Malformed, type Bytes } from './bytes';

/** One DER value: its tag, its content, and all of it with its header. */
export interface Der {
  tag: number;
  content: Bytes;
  whole: Bytes;
}

export const Tag = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 } as const;

/** The values that stand one after the other in `bytes`, which they fill. */
export function values(bytes: Bytes): Der[] {
  const found: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const value = valueAt(bytes, at);
    found.push(value);
    at += value.whole.length;
  }
  return found;
}

/** The one value that fills `bytes`. */
export function value(bytes: Bytes, tag: number): Der {
  const found = valueAt(bytes, 0);
  if (found.tag !== tag || found.whole.length !== bytes.length) {
    throw new Malformed('the DER is not what it should be');
  }
  return found;
}

function valueAt(bytes: Bytes, at: number): Der {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) {
    throw new Malformed('the DER is cut off or has a long tag');
  }
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 4) {
      throw new Malformed('the DER has a length that is none');
    }
    length = 0;
    for (let index = 0; index < size; index++) {
      length = length * 256 + (bytes[start + index] ?? Number.NaN);
    }
    start += size;
    if (!(length >= (size === 1 ? 0x80 : 256 ** (size - 1)))) {
      throw new Malformed('the DER has a length that is not the shortest');
    }
  }
  if (!(start + length <= bytes.length)) {
    throw new Malformed('the DER is cut off');
  }
  return { tag, content: bytes.slice(start, start + length), whole: bytes.slice(at, start + length) };
}

/** `1.2.840.10045.2.1` */
export function oid(der: Der | undefined): string {
  if (der?.tag !== Tag.oid || der.content.length === 0) {
    throw new Malformed('an object identifier is missing');
  }
  const numbers: number[] = [];
  let number = 0;
  for (const byte of der.content) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** The content of a bit string of whole bytes. */
export function bits(der: Der | undefined): Bytes {
  if (der?.tag !== Tag.bitString || der.content[0] !== 0) {
    throw new Malformed('a bit string is missing');
  }
  return der.content.slice(1);
}
