import type { OutgoingHttpHeaders } from "node:http";
import type { Envelope } from "../protocols/envelope.ts";

/** A response that is known before any of it is sent. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array | undefined;
  readonly trailers: OutgoingHttpHeaders | undefined;
}

/** Where the response to a call goes, whatever carries it. */
export interface ResponseWriter {
  /** Whether nothing can be sent any more. */
  readonly isClosed: boolean;
  /** Sends the whole response at once. */
  sendResponse(response: WholeResponse): void;
  /** Fixes the headers and sends them, together with the messages that are made at once. Does nothing when they are sent. */
  sendHeaders(headers: OutgoingHttpHeaders): void;
  /** Whether the headers are fixed. */
  readonly headersSent: boolean;
  /** Sends a message; false when the client is slower than the messages: `onRoom` then says when to go on. */
  sendMessage(envelope: Envelope): boolean;
  /** Called once when there is room again; not when the client disconnects. */
  onRoom: (() => void) | undefined;
  /** Sends the status: the last envelope of the body, or trailers. Headers that are not sent go before it. */
  sendStatus(last: Envelope | undefined, trailers: OutgoingHttpHeaders | undefined): void;
  /** Cuts the response off: it cannot be sent as it is. */
  destroy(): void;
}
