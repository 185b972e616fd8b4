import type { IncomingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import { KEEP_ALIVE_MS } from "./connection-options.ts";
import type { ListenerOptions } from "./create-listener.ts";
import type { HttpRequest, HttpResponse, RequestListener, UpgradeListener } from "./http.ts";
import { prepareHttp1Request } from "./prepare-http1-request.ts";
import { prepareHttp2Stream } from "./prepare-http2-stream.ts";
import { answerUpgrade, refuseUpgrade } from "./refuse-upgrade.ts";
import { sendText } from "./send-text.ts";
import type { TrackedAnswers } from "./track-answers.ts";

/** The options of a listener with everything that a request triggers guarded. */
export interface CheckedOptions extends Pick<ListenerOptions, "sessionLimits"> {
  readonly onRequest: RequestListener;
  /** Answers a stream of HTTP/2, or has `serveAsRequest` do so, or neither where it is none to be answered. */
  readonly onStream: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, serveAsRequest: () => void) => void;
  readonly onUpgrade: UpgradeListener;
  readonly onError: (error: unknown) => void;
  readonly keepAliveMs: number;
}

function ignore(): void {}

/**
 * Puts a guard around everything that a request triggers: what is malformed is refused, and what throws ends the request, not the process;
 * `onError` is told.
 */
export function checkRequests(options: ListenerOptions, answers: TrackedAnswers): CheckedOptions {
  const { onError = ignore, onUpgrade = refuseUpgrade, onStream, keepAliveMs = KEEP_ALIVE_MS } = options;
  const { onMalformed = (request, response, reason) => sendText(request, response, 400, reason) } = options;

  function take(request: HttpRequest, response: HttpResponse): void {
    answers.add(request, response);
    const reason = "stream" in request ? undefined : prepareHttp1Request(request);
    if (reason === undefined) {
      options.onRequest(request, response);
      return;
    }
    // Where its body ends may be unclear, too.
    response.setHeader("connection", "close");
    onMalformed(request, response, reason);
  }

  return {
    sessionLimits: options.sessionLimits,
    onError,
    keepAliveMs,
    onRequest: (request, response) => {
      // What a broken connection brings is told to whoever reads or writes; here it must only not end the process.
      request.on("error", ignore);
      response.on("error", ignore);
      try {
        take(request, response);
      } catch (error) {
        onError(error);
        response.destroy();
      }
    },
    onStream: (stream, headers, serveAsRequest) => {
      try {
        if (!prepareHttp2Stream(stream, headers)) return;
        if (onStream?.(stream, headers) !== true) serveAsRequest();
      } catch (error) {
        onError(error);
        stream.on("error", ignore).destroy();
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
