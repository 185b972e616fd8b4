/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Names in any case, values in Latin-1, in this order. Over HTTP/2 the names are sent in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, each chunk written on its own. */
  readonly chunks: readonly Uint8Array[];
  /** Whether the client keeps its side open after the last chunk, until the response has come. Ends it unless given. */
  readonly open?: boolean;
}

/** A response as it came over the wire. */
export interface RawResponse {
  /** The HTTP status; 0 where none came. */
  readonly status: number;
  /** Names in lower case, values in Latin-1, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly trailers: readonly (readonly [name: string, value: string])[];
  /** How it ended: `end`, `end with headers` for a response over HTTP/2 that has nothing else, or what broke it off. */
  readonly ending: string;
}

/** Sends requests to one server; over HTTP/1.1 each on a connection of its own, over HTTP/2 all on one. */
export interface RawClient extends Disposable {
  /** Resolves when the response has ended or is broken off, or after a time without either. */
  send(request: RawRequest): Promise<RawResponse>;
}

/** How long a client waits for a response to end, in milliseconds. */
export const TIMEOUT_MS = 8_000;

/** Lets the server read what was written before more is. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
