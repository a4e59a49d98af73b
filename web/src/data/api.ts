/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function request(address: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin', ...(signal ? { signal } : {}) });
  if (!answer.ok) {
    throw new Refused(answer.status, await reason(answer));
  }
  return answer;
}

async function reason(answer: Response): Promise<string> {
  try {
    const said = (await answer.json()) as { error?: unknown; message?: unknown; detail?: unknown };
    const error = said.error as { message?: unknown } | string | undefined;
    for (const text of [said.message, said.detail, typeof error === 'object' ? error?.message : error]) {
      if (typeof text === 'string' && text) {
        return text;
      }
    }
  } catch {
    // No JSON: the number has to do.
  }
  return `the server answered ${answer.status}`;
}

export async function getJson<T>(address: string, signal?: AbortSignal): Promise<T> {
  return (await (await request(address, signal)).json()) as T;
}

/** The bytes as they were sent, for what is hashed. */
export async function getBytes(address: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await request(address, signal)).arrayBuffer());
}

export async function getText(address: string, signal?: AbortSignal): Promise<string> {
  return (await request(address, signal)).text();
}

/** Addresses made of strangers' text, each part escaped. */
export function address(path: string, query: Record<string, string | number> = {}): string {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}
