import type { HttpRequest, HttpResponse } from "@triptych/rpc/port/http.ts";
import { sendBody } from "@triptych/rpc/port/send-body.ts";

const STYLE =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}";

/** Answers a browser with a status and a page of one sentence, from which a person can try again; the sentence is escaped. */
export function sendPage(
  { method }: Pick<HttpRequest, "method">,
  response: HttpResponse,
  { status, title, sentence }: { readonly status: number; readonly title: string; readonly sentence: string },
): void {
  const body = Buffer.from(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
<p><a href="/auth/sign-in">Sign in again</a> or <a href="/">go on without</a></p>
</html>
`);
  response.statusCode = status;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-length", body.length);
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  response.setHeader("referrer-policy", "no-referrer");
  if (method === "HEAD") response.end();
  else sendBody(response, body);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
