import type { HttpRequest, HttpResponse } from "./http.ts";
import { sendBody } from "./send-body.ts";

/** Answers a request with a status and a sentence for people. */
export function sendText(
  { method }: Pick<HttpRequest, "method">,
  response: HttpResponse,
  status: number,
  text: string,
): void {
  const body = Buffer.from(`${text}\n`);
  response.statusCode = status;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-length", body.length);
  if (method === "HEAD") response.end();
  else sendBody(response, body);
}
