import type { HttpRequest, HttpResponse } from "./http.ts";

/** Answers a request with a status and a sentence for people. */
export function sendText(
  { method }: Pick<HttpRequest, "method">,
  response: HttpResponse,
  status: number,
  text: string,
): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-length", Buffer.byteLength(text) + 1);
  if (method === "HEAD") response.end();
  else response.end(`${text}\n`);
}
