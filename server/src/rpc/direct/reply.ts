import type { OutgoingHttpHeaders } from "node:http";

/** Where the answer to one call is written, whichever HTTP it goes over. */
export interface Reply {
  /** Whether nobody is left to send to. */
  readonly gone: boolean;
  /** Sends the whole answer at once. */
  send(answer: WholeAnswer): void;
  /** Sends status 200 and headers; with `trailers`, `end` will be given some. */
  head(headers: OutgoingHttpHeaders, trailers: boolean): void;
  /** Sends a part of the body; false when the client is slower than that, and `onDrain` tells when it has caught up. */
  write(bytes: Uint8Array): boolean;
  /** Calls back once when there is room again; not when the client leaves. */
  onDrain(resume: () => void): void;
  /** Sends the last part of the body, and trailers if there are any. */
  end(bytes: Uint8Array | undefined, trailers: OutgoingHttpHeaders | undefined): void;
  /** Cuts the answer off: it cannot be sent as it is. */
  destroy(): void;
}

/** An answer that is known before any of it is sent. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  readonly trailers: OutgoingHttpHeaders | undefined;
}
