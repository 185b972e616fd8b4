import { type ClientFrame, decodeClientFrame, encodeFrame, type ServerFrame } from "@triptych/wire/call-frames.ts";
import { CALL_PROTOCOL } from "@triptych/wire/call-protocol.ts";
import type { CallSocket, OpenSocket } from "../transport/call-socket.ts";

/** A socket whose other end is a test. */
export interface FakeCallSocket extends CallSocket {
  /** The frames sent so far. */
  readonly frames: readonly ClientFrame[];
  /** The codes and reasons with which this side has closed it. */
  readonly closed: readonly (readonly [code: number | undefined, reason: string | undefined])[];
  bufferedAmount: number;
  /** The server takes it, with the protocol that was asked for unless another is given. */
  accept(protocol?: string): void;
  /** The server sends frames. */
  answer(...frames: ServerFrame[]): void;
  /** The server sends a message that may be no frame. */
  push(data: ArrayBuffer | string): void;
  /** It is closed from the other side, or lost. */
  lose(code?: number, reason?: string): void;
}

/** A way to open sockets that keeps them for the test, in the order of opening. */
export function createFakeSockets(): { readonly openSocket: OpenSocket; readonly sockets: readonly FakeCallSocket[] } {
  const sockets: FakeCallSocket[] = [];
  const openSocket: OpenSocket = () => {
    const socket = createFakeSocket();
    sockets.push(socket);
    return socket;
  };
  return { openSocket, sockets };
}

function createFakeSocket(): FakeCallSocket {
  const frames: ClientFrame[] = [];
  const closed: [number | undefined, string | undefined][] = [];
  let readyState: 0 | 1 | 2 | 3 = 0;
  let chosen = "";
  // The handlers ask nothing of what they are called on.
  const self = () => socket as unknown as WebSocket;
  const socket: FakeCallSocket = {
    frames,
    closed,
    binaryType: "blob",
    bufferedAmount: 0,
    get readyState() {
      return readyState;
    },
    get protocol() {
      return chosen;
    },
    onopen: null,
    onmessage: null,
    onclose: null,
    send(bytes) {
      if (readyState !== 1) throw new Error("the socket is not open");
      frames.push(decodeClientFrame(new Uint8Array(bytes as ArrayBuffer)));
    },
    close(code, reason) {
      readyState = 2;
      closed.push([code, reason]);
    },
    accept(protocol = CALL_PROTOCOL) {
      readyState = 1;
      chosen = protocol;
      socket.onopen?.call(self(), new Event("open"));
    },
    answer(...answers) {
      for (const frame of answers) socket.push(encodeFrame(frame).buffer);
    },
    push(data) {
      socket.onmessage?.call(self(), new MessageEvent("message", { data }));
    },
    lose(code = 1006, reason = "") {
      readyState = 3;
      // Not every runtime of the tests has a CloseEvent.
      socket.onclose?.call(self(), Object.assign(new Event("close"), { code, reason }) as CloseEvent);
    },
  };
  return socket;
}
