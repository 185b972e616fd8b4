import type { ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { wellFormedError } from "../well-formed.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { encodeMetadataFrame } from "./one-call-frames.ts";
import type { CallSink } from "./run-call.ts";
import { createSocketWriter } from "./socket-writer.ts";

/** The answer to the one call of a socket. */
export interface Answer extends CallSink {
  /** Ends the call with an error, unless it has ended, and closes the socket, unless there is no code to do it with. */
  end(error: ConnectError, closeCode: number | undefined): void;
}

/** Creates the answer; when its status is sent, it closes the socket. Nothing is sent twice, nor after the status. */
export function createAnswer(socket: CallSocket): Answer {
  const writer = createSocketWriter(socket);
  let hasHeader = false;
  let isOver = false;
  const sendHeaders = (header: Headers) => {
    if (hasHeader || isOver) return;
    hasHeader = true;
    writer.send(encodeMetadataFrame(header));
  };
  const sendTrailers = (trailer: Headers, closeCode: number | undefined) => {
    if (isOver) return;
    sendHeaders(new Headers({ "content-type": "application/grpc-web+proto" }));
    isOver = true;
    writer.send(encodeMetadataFrame(trailer));
    if (closeCode === undefined) return;
    socket.onClosing = undefined;
    socket.close(closeCode);
  };
  return {
    sendHeaders,
    sendMessage: async (message, over) => !isOver && writer.sendInTurn(message, over),
    sendTrailers: (trailer) => sendTrailers(trailer, closeCodes.normal),
    end(error, closeCode) {
      const trailer = new Headers();
      setTrailerStatus(trailer, wellFormedError(error));
      sendTrailers(trailer, closeCode);
    },
  };
}
