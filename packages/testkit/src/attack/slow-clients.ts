import { connect } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "../http2/call-headers.ts";
import { frame, PREFACE, settings } from "../http2/http2-frames.ts";
import { happens } from "../http2/raw-connection.ts";

/** A client that does next to nothing. */
export interface SlowClient extends Disposable {
  readonly isClosed: boolean;
  /** Resolves when the server has cut it. */
  readonly closed: Promise<void>;
}

/** A kind of slow client, and within how many milliseconds the server is done with it. */
export interface SlowKind {
  readonly name: string;
  readonly limitMs: number;
  open(port: number): Promise<SlowClient>;
}

/** How often a client that sends bytes one by one does so, in milliseconds. */
const DRIP_MS = 1_000;

/** Sends some bytes at once, and then, again and again, one byte more. */
function slowClient(first: Buffer, drip: Buffer = Buffer.alloc(0)): SlowKind["open"] {
  return async (port) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.on("error", () => undefined);
    const closed = happens(socket, "close");
    await Promise.race([happens(socket, "connect"), closed]);
    socket.resume();
    socket.write(first);
    let at = 0;
    const timer = setInterval(() => {
      if (drip.length > 0) socket.write(drip.subarray(at % drip.length, (at++ % drip.length) + 1));
    }, DRIP_MS);
    void closed.then(() => clearInterval(timer));
    return {
      get isClosed() {
        return socket.closed;
      },
      closed,
      [Symbol.dispose]: () => socket.destroy(),
    };
  };
}

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const HTTP2 = Buffer.concat([PREFACE, settings([])]);
const openCall = frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(SAY_HELLO));

/** The kinds of slow clients. */
export const slowClients: readonly SlowKind[] = [
  { name: "no word at all", limitMs: 10_000, open: slowClient(Buffer.alloc(0)) },
  {
    name: "a preface of HTTP/2 byte by byte",
    limitMs: 10_000,
    open: slowClient(Buffer.from("P"), PREFACE.subarray(1)),
  },
  {
    name: "headers of HTTP/1.1 byte by byte",
    limitMs: 15_000,
    open: slowClient(Buffer.from(`POST ${SAY_HELLO} HTTP/1.1\r\nhost: a\r\nx: `), Buffer.from("a")),
  },
  {
    name: "headers of HTTP/2 byte by byte",
    limitMs: 90_000,
    open: slowClient(
      Buffer.concat([HTTP2, frame(FrameType.headers, 0, 1, Buffer.alloc(16_000)).subarray(0, 100)]),
      Buffer.from("a"),
    ),
  },
  { name: "a preface of HTTP/2 and no more", limitMs: 90_000, open: slowClient(HTTP2) },
  {
    name: "a body over HTTP/1.1 that does not come",
    limitMs: 45_000,
    open: slowClient(
      Buffer.from(
        `POST ${SAY_HELLO} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
      ),
    ),
  },
  {
    name: "a call over HTTP/2 whose body does not come, and no answer to pings",
    limitMs: 90_000,
    open: slowClient(Buffer.concat([HTTP2, openCall])),
  },
];
