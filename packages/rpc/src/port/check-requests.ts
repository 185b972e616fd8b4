import type { IncomingMessage, ServerResponse } from "node:http";
import { KEEP_ALIVE_MS } from "./connection-options.ts";
import type { Http1Listener, UpgradeListener } from "./http.ts";
import type { ListenerOptions } from "./listener.ts";
import { prepareHttp1Request } from "./prepare-http1-request.ts";
import { answerUpgrade, rejectUpgrade } from "./reject-upgrade.ts";
import { sendText } from "./send-text.ts";
import type { TrackedResponses } from "./track-responses.ts";

/** The options of a listener with everything that a request over HTTP/1.1 triggers guarded; the engine of HTTP/2 guards itself. */
export interface CheckedOptions extends Pick<ListenerOptions, "http2Limits" | "onStream" | "connectionAge" | "onAged"> {
  readonly onRequest: Http1Listener;
  readonly onUpgrade: UpgradeListener;
  readonly onError: (error: unknown) => void;
  readonly keepAliveMs: number;
}

function ignore(): void {}

/**
 * Puts a guard around everything that a request triggers: what is malformed is rejected, and what throws ends the request, not the process;
 * `onError` is called with it.
 */
export function checkRequests(options: ListenerOptions, responses: TrackedResponses): CheckedOptions {
  const { onError = ignore, onUpgrade = rejectUpgrade, keepAliveMs = KEEP_ALIVE_MS } = options;
  const { onStream, http2Limits, connectionAge, onAged } = options;
  const { onMalformed = (request, response, reason) => sendText(request, response, 400, reason) } = options;

  function take(request: IncomingMessage, response: ServerResponse): void {
    responses.add(request, response);
    const reason = prepareHttp1Request(request);
    if (reason === undefined) {
      options.onRequest(request, response);
      return;
    }
    // Where its body ends may be unclear, too.
    response.setHeader("connection", "close");
    onMalformed(request, response, reason);
  }

  return {
    http2Limits,
    onStream,
    connectionAge,
    onAged,
    onError,
    keepAliveMs,
    onRequest: (request, response) => {
      // What breaks a connection is reported to its reader and writer; here it must only not end the process.
      request.on("error", ignore);
      response.on("error", ignore);
      try {
        take(request, response);
      } catch (error) {
        onError(error);
        response.destroy();
      }
    },
    onUpgrade: (request, socket, head) => {
      try {
        const reason = prepareHttp1Request(request);
        if (reason === undefined) onUpgrade(request, socket, head);
        else answerUpgrade(socket, "400 Bad Request", reason);
      } catch (error) {
        onError(error);
        socket.destroy();
      }
    },
  };
}
