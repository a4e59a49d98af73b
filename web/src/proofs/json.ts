import { Malformed } from './bytes';

export type Json = Record<string, unknown>;

/** Members of strangers' JSON, each read as what it must be. */
export function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(`${what} is missing or no object`);
  }
  return value as Json;
}

export function member(json: Json, name: string, what: string): Json {
  return object(json[name], `${what}.${name}`);
}

export function text(json: Json, name: string, what: string): string {
  const value = json[name];
  if (typeof value !== 'string') {
    throw new Malformed(`${what}.${name} is missing or no text`);
  }
  return value;
}

export function list(json: Json, name: string): unknown[] {
  const value = json[name];
  return Array.isArray(value) ? value : [];
}

/** A whole number, written as one or (as Protobuf writes 64 bits) as text. */
export function whole(json: Json, name: string, what: string): bigint {
  const value = json[name] ?? 0;
  if ((typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) || (typeof value === 'string' && /^\d{1,19}$/.test(value))) {
    return BigInt(value);
  }
  throw new Malformed(`${what}.${name} is no whole number`);
}

export function parse(value: string, what: string): Json {
  try {
    return object(JSON.parse(value) as unknown, what);
  } catch (error) {
    throw error instanceof Malformed ? error : new Malformed(`${what} is no JSON`);
  }
}
