import type { HttpRequest, HttpResponse } from "./http.ts";

/** A name or an address, and perhaps a port: no path, no user and no space. */
const HOST = /^(?:[\w.~%!$&'()*+,;=-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/**
 * Answers a request whose host is none with 400 and returns true, so that whatever handles requests may make a URL of host and path.
 * HTTP/1.0 clients need not name a host: theirs becomes `localhost`.
 */
export function refuseBadHost(request: HttpRequest, response: HttpResponse): boolean {
  if (request.httpVersion === "1.0") request.headers.host ??= "localhost";
  const host = "authority" in request ? request.authority : request.headers.host;
  if (host !== undefined && HOST.test(host) && URL.canParse(`http://${host}`)) return false;
  response.statusCode = 400;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end("the host must be a name or an address\n");
  return true;
}
