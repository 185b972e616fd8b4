import { type ContextValues, createContextKey, type HandlerContext } from "@connectrpc/connect";

type SendHeaders = (header: Headers) => void;

const sendHeadersKey = createContextKey<SendHeaders | undefined>(undefined, {
  description: "sends the response headers of a stream before its first message",
});

/** Lets the call with these values send its response headers through `send`. */
export function allowEarlyHeaders(values: ContextValues, send: SendHeaders): void {
  values.set(sendHeadersKey, send);
}

/**
 * Sends the headers of a stream at once. The library holds them back until the first message, so that a browser would see
 * a quiet stream as one that never opens.
 */
export function sendHeadersEarly(context: HandlerContext): void {
  context.values.get(sendHeadersKey)?.(context.responseHeader);
}
