import type { HttpRequest, HttpResponse } from "./http.ts";

/** A name or an address, and perhaps a port: no path, no user and no space. */
const HOST = /^(?:[\w.~%!$&'()*+,;=-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/** How many hosts that were found good are remembered: clients name few, but may name anything. */
const MAX_REMEMBERED = 256;
const good = new Set<string>();

/** Whether a text is a host, and perhaps a port, that a URL can be made of. */
export function isHost(text: string | undefined): boolean {
  if (text === undefined) return false;
  if (good.has(text)) return true;
  if (!HOST.test(text) || !URL.canParse(`http://${text}`)) return false;
  if (good.size < MAX_REMEMBERED) good.add(text);
  return true;
}

/**
 * Answers a request whose host is none with 400 and returns true, so that whatever handles requests may make a URL of host and path.
 * HTTP/1.0 clients need not name a host: theirs becomes `localhost`.
 */
export function refuseBadHost(request: HttpRequest, response: HttpResponse): boolean {
  if (request.httpVersion === "1.0") request.headers.host ??= "localhost";
  if (isHost(request.headers.host)) return false;
  response.statusCode = 400;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end("the host must be a name or an address\n");
  return true;
}
