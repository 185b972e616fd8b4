import type { HttpRequest, HttpResponse } from "@triptych/rpc/port/http.ts";
import { sendBody } from "@triptych/rpc/port/send-body.ts";
import { sendText } from "@triptych/rpc/port/send-text.ts";
import type { ReaderNumbers } from "../domain/reader-of-caller.ts";
import type { BrowserSessions } from "../identity/browser-sessions.ts";

/** What a page is shown of who it is for. */
export interface SessionView {
  /** Whether the server asks who calls; where it does not, anybody may do anything. */
  readonly asks: boolean;
  /** Whether people can sign in on the page. */
  readonly signsIn: boolean;
  /** Whether a certificate that a browser shows says who calls, which the page cannot know. */
  readonly takesCertificates: boolean;
  /** Who is signed in; null for nobody. */
  readonly user: UserView | null;
}

/** Who is signed in. */
export interface UserView {
  readonly name: string;
  readonly isAdmin: boolean;
  /** The number of the reader that they are. */
  readonly readerId: number;
  /** In how many milliseconds the session has to be refreshed; 0 when it has to be now. */
  readonly expiresInMs: number;
}

/** Makes what a page is shown of the session of a secret. */
export type ViewOfSession = (secret: string | undefined) => Promise<SessionView>;

/** Creates what shows pages their session. */
export function createViewOfSession(
  sessions: BrowserSessions,
  readers: ReaderNumbers,
  { now, takesCertificates }: { readonly now: () => number; readonly takesCertificates: boolean },
): ViewOfSession {
  const asking = { asks: true, signsIn: true, takesCertificates };
  return async (secret) => {
    const session = secret === undefined ? undefined : await sessions.find(secret);
    if (session === undefined) return { ...asking, user: null };
    const { principal, stored } = session;
    const readerId = await readers.numberOf(principal.id);
    const expiresInMs = Math.max(0, stored.expiresAt - now());
    return {
      ...asking,
      user: { name: stored.name, isAdmin: principal.isAdmin, readerId, expiresInMs },
    };
  };
}

/** Sends a view as JSON. */
export function sendView(request: HttpRequest, response: HttpResponse, view: object): void {
  if (response.destroyed) return;
  const body = Buffer.from(JSON.stringify(view));
  response.statusCode = 200;
  response.setHeader("content-type", "application/json");
  response.setHeader("content-length", body.length);
  response.setHeader("cache-control", "no-store");
  if (request.method === "HEAD") response.end();
  else sendBody(response, body);
}

/** Answers a page of a server on which nobody can sign in. */
export function showNobody(
  request: HttpRequest,
  response: HttpResponse,
  asking: Pick<SessionView, "asks" | "takesCertificates">,
): void {
  if (request.method !== "GET") {
    response.setHeader("allow", "GET");
    sendText(request, response, 405, "this takes GET");
    return;
  }
  sendView(request, response, { ...asking, signsIn: false, user: null } satisfies SessionView);
}
