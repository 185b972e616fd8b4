import type { HttpRequest, HttpResponse } from "@triptych/rpc/port/http.ts";
import { sendBody } from "@triptych/rpc/port/send-body.ts";
import { sendText } from "@triptych/rpc/port/send-text.ts";
import type { FileContent } from "./kept-file.ts";
import { parseRange } from "./parse-range.ts";

/**
 * Answers a GET or HEAD with a file: with 304 where the client has it, with 206 where it asks for one range of its bytes and 416 where there
 * are none there, else with all of it.
 */
export function sendContent(
  { bytes, etag, modified }: FileContent,
  request: HttpRequest,
  response: HttpResponse,
): void {
  response.setHeader("etag", etag);
  response.setHeader("last-modified", modified.toUTCString());
  response.setHeader("accept-ranges", "bytes");
  if (matches(header(request, "if-none-match"), etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  // Only what is read may be read in part (RFC 9110, 14.2), and a weak entity tag says of no part that it is the same (13.1.5).
  const asksForPart = request.method === "GET" && header(request, "if-range") === undefined;
  const range = asksForPart ? parseRange(header(request, "range"), bytes.length) : undefined;
  if (range === "unsatisfiable") {
    response.setHeader("content-range", `bytes */${bytes.length}`);
    response.removeHeader("content-encoding");
    sendText(request, response, 416, "there are no such bytes");
    return;
  }
  if (range !== undefined) {
    response.statusCode = 206;
    response.setHeader("content-range", `bytes ${range.start}-${range.end}/${bytes.length}`);
  }
  const part = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
  response.setHeader("content-length", part.length);
  if (request.method === "HEAD") response.end();
  else sendBody(response, part);
}

/** Answers a GET or HEAD with all of a file under a status that is no success: no condition and no range applies to it (RFC 9110, 13.2.1 and 14.2). */
export function sendUnder(status: number, { bytes }: FileContent, request: HttpRequest, response: HttpResponse): void {
  response.statusCode = status;
  response.setHeader("content-length", bytes.length);
  if (request.method === "HEAD") response.end();
  else sendBody(response, bytes);
}

/** Whether `If-None-Match` names an entity tag, compared weakly (RFC 9110, 13.1.2). */
function matches(condition: string | undefined, etag: string): boolean {
  return condition?.split(",").some((text) => ["*", etag, etag.replace("W/", "")].includes(text.trim())) === true;
}

/** The value of a request header, by its name in lower case; undefined where there is none. */
export function header({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}
