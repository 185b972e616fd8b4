import { once } from "node:events";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { SendSpans } from "./span-exporter.ts";

/** Posts requests to export spans to a receiver of OTLP over HTTP, at a URL as `URL` writes it. */
export function postSpans(url: string, headers: Readonly<Record<string, string>>): SendSpans {
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  return async (body, signal) => {
    const bytes = Buffer.from(body);
    const sent = request(url, {
      method: "POST",
      agent: false,
      signal,
      headers: { ...headers, "content-type": "application/json", "content-length": bytes.length },
    });
    sent.end(bytes);
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    return response.statusCode;
  };
}
