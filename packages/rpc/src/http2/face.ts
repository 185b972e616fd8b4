import type { Socket } from "node:net";
import type { PreparedHeaders } from "./prepare-headers.ts";

/** What a client asks for: the decoded header block of a request. One object may stand for many requests whose blocks are equal. */
export interface RequestHead {
  readonly method: string;
  /** Empty for CONNECT, which has none; otherwise as sent, query included. */
  readonly path: string;
  readonly scheme: string;
  /** `:authority`, or `host` where the request has no `:authority`; empty when it has neither. */
  readonly authority: string;
  /**
   * All but the pseudo-headers, by their lower-case names, on an object without a prototype. Values that came under one name are joined with
   * ", ", those of `cookie` with "; ". Bytes are read as Latin-1. Made when first asked for.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The length that the body has to have, in bytes; -1 when the request does not say. A body of another length is a stream error. */
  readonly contentLength: number;
  /** A place for what upper layers derive from the head; lives as long as the head is remembered. The engine sets it to undefined. */
  derived: unknown;
}

/** Why a stream is closed. */
export type StreamCloseCause =
  /** The response is out, to its end, as far as the socket is concerned. */
  | { readonly kind: "completed" }
  /** The client has reset the stream. */
  | { readonly kind: "peer-reset"; readonly code: number }
  /** This side has reset the stream: by `reset()`, or for the reason given. */
  | { readonly kind: "reset"; readonly code: number; readonly reason: string }
  /** The connection has ended or been cut; `code` is that of the GOAWAY which was sent or received, if there was one. */
  | { readonly kind: "connection-lost"; readonly code: number | undefined; readonly reason: string };

/** What receives the request of a stream. None of these may throw; what one throws goes to `onError`, and the stream is reset with INTERNAL_ERROR. */
export interface StreamConsumer {
  /**
   * Takes a part of the body. The bytes are a view into what the socket has read, valid only during this call: copy what is kept. Each
   * byte counts against the windows until `stream.consumed` gives it back, now or later.
   */
  data(chunk: Uint8Array): void;
  /** The request has ended; its length is what `content-length` promised. Trailers are in the shape of `RequestHead.headers`. */
  end(trailers?: Readonly<Record<string, string>>): void;
  /** Called exactly once for each stream, after which nothing else is. May be called from inside a method of the stream. */
  closed(cause: StreamCloseCause): void;
  /** There is room again after `write` returned false. Comes in a turn of its own. */
  drained(): void;
}

/** One request and its response. Methods that send do nothing once the stream is closed. */
export interface Http2Stream {
  /** The number of the stream on its connection. */
  readonly id: number;
  readonly connection: Http2Connection;
  /** To be set by `Http2Handler.stream` before it returns; may be replaced later. */
  consumer: StreamConsumer;
  /** Whether nothing can be sent any more: the response is complete, or the stream has been reset or lost. */
  readonly isClosed: boolean;
  /** Bytes of the body that wait here for the client's windows or for the socket. */
  readonly bufferedBytes: number;
  /** Whether the request has ended. */
  readonly requestEnded: boolean;

  /** Opens the flow-control windows again by bytes that `data` has brought; the rest comes back when the stream closes. */
  consumed(bytes: number): void;
  /** Sends an interim response, such as `prepareHeaders(100)`, before `respond`. */
  informational(head: PreparedHeaders): void;
  /** Sends the head of the response, and with `endStream` nothing more. */
  respond(head: PreparedHeaders, endStream: boolean): void;
  /**
   * Sends a part of the body. The bytes must not change while `bufferedBytes` says that some wait. Returns false when there is enough for now:
   * wait for `drained`. Bytes are taken all the same.
   */
  write(bytes: Uint8Array): boolean;
  /** Sends the last part of the body, and trailers. */
  end(body?: Uint8Array, trailers?: PreparedHeaders): void;
  /** A whole response at once: the same as `respond`, `write` and `end`, in one go where windows and socket let it. */
  sendAll(head: PreparedHeaders, body: Uint8Array | undefined, trailers: PreparedHeaders | undefined): void;
  /** Resets the stream, by one of `ErrorCode`; what waits is dropped. `closed` is called before this returns. */
  reset(code: number): void;
}

/** A connection, from its socket's side. */
export interface Http2Connection {
  /** The address of the other side as the socket had it; undefined when it was closed already. */
  readonly remoteAddress: string | undefined;
  readonly isEncrypted: boolean;
  /** The socket, to be asked what its client has shown, such as a certificate; nothing else is to be done with it. */
  readonly socket: Socket;
  /** Streams that count towards the limit: those open in the sense of HTTP/2. */
  readonly openStreams: number;
  /** How many streams were ever handed to the handler. */
  readonly streamsOpened: number;
  /** Bytes of response bodies that wait in the engine, of all streams together. */
  readonly bufferedBytes: number;
  /**
   * Tells the client to open no more streams: a first GOAWAY, then, when the client has answered a ping, one that names the last stream
   * served. The streams there are finish, then the socket ends. Does nothing the second time.
   */
  goAway(): void;
  /** Cuts the connection and its streams at once. */
  destroy(): void;
}

/** What serves the streams of connections. */
export interface Http2Handler {
  /**
   * Takes a request, and sets `stream.consumer` before it returns. `endStream` says that there is no body; `end` of the consumer is then not
   * called.
   */
  stream(stream: Http2Stream, head: RequestHead, endStream: boolean): void;
  /** Called exactly once, when the socket of a connection is closed and all its streams have been notified. */
  connectionClosed?(connection: Http2Connection): void;
}
