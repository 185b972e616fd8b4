import { createContextValues } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import { clampTimeout } from "./clamp-timeout.ts";
import { plainContentType } from "./content-type.ts";
import { observeHandler } from "./count-handlers.ts";
import { allowEarlyHeaders } from "./early-headers.ts";
import { endRequest } from "./end-request.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { sendHeaders, sendResponse } from "./send-response.ts";
import { completeAnswer } from "./unary-answer.ts";
import { readTextCall } from "./web-text/text-mode.ts";

/**
 * Answers a request with what the method makes of it; resolves when the response is sent or its client has left. `body` stands in for the
 * body of a request that was read already.
 */
export async function serveHttpCall(
  method: UniversalHandler,
  request: NodeRequest,
  response: NodeResponse,
  body?: AsyncIterable<Uint8Array>,
): Promise<void> {
  const values = createContextValues();
  const read = universalRequestFromNodeRequest(request, response, undefined, values);
  // Who stops reading the body must not cut the connection, which other calls may come on.
  const call = { ...read, body: body ?? request.iterator({ destroyOnReturn: false }) };
  const contentType = call.header.get("content-type");
  if (contentType !== null) call.header.set("content-type", plainContentType(contentType));
  clampTimeout(call.header);
  const text = readTextCall(call);
  allowEarlyHeaders(values, (header) => {
    text?.prepareHeader(header);
    sendHeaders(response, 200, header);
  });
  // Aborted when the call is over, whatever its client does; there is none until the handler has started.
  let over: AbortSignal | undefined;
  observeHandler(values, {
    started(signal) {
      over = signal;
    },
  });
  const { allowedMethods } = method;
  const { methodKind } = method.method;
  const answer = completeAnswer(await method(text?.request ?? call), {
    method: request.method,
    methodKind,
    allowedMethods,
  });
  await sendResponse((await text?.encode(answer)) ?? answer, response, () => over);
  endRequest(request);
}
