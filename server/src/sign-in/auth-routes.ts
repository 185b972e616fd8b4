import type { HttpRequest, HttpResponse, RequestListener } from "@triptych/rpc/port/http.ts";
import { sendText } from "@triptych/rpc/port/send-text.ts";
import { StoreTrouble } from "../domain/errors.ts";
import { secretInCookies } from "../identity/session-cookie.ts";
import type { AddressRates } from "./address-rates.ts";
import { setCookie } from "./cookies.ts";
import { sendPage } from "./send-page.ts";
import { RefreshFailed } from "./session-keeper.ts";
import { sendView, type ViewOfSession } from "./session-view.ts";
import { callback, type SignInPagesOptions, signIn } from "./sign-in-pages.ts";

/** What signs people in and out. */
export interface AuthRoutesOptions extends SignInPagesOptions {
  /** What a page is shown of the session of its cookie. */
  readonly view: ViewOfSession;
  /** How often each address may ask, and what the address of the client of a request is; undefined where that says nothing of who asks. */
  readonly limits: { readonly rates: AddressRates; readonly addressOf: (request: HttpRequest) => string } | undefined;
}

type Answer = (options: AuthRoutesOptions, request: HttpRequest, response: HttpResponse) => Promise<void>;

interface Route {
  readonly method: "GET" | "POST";
  /** Whether it is a person who sees the answer. */
  readonly isPage?: boolean;
  /** What a request takes of the rate of its address. */
  readonly cost: number;
  /** How many may wait for the provider or the store at once, so that one which hangs takes no more of the places of pages and files. */
  readonly maxWaiting: number;
  readonly answer: Answer;
}

const ROUTES: Readonly<Record<string, Route>> = {
  "/auth/sign-in": { method: "GET", isPage: true, cost: 5, maxWaiting: 50, answer: signIn },
  "/auth/callback": { method: "GET", isPage: true, cost: 5, maxWaiting: 50, answer: callback },
  "/auth/session": { method: "GET", cost: 1, maxWaiting: 200, answer: showSession },
  "/auth/refresh": { method: "POST", cost: 1, maxWaiting: 200, answer: refresh },
  "/auth/sign-out": { method: "POST", cost: 1, maxWaiting: 50, answer: signOut },
};

/** Creates what answers the paths below `/auth/` by which a page signs people in and out; undefined for any other path. */
export function createAuthRoutes(options: AuthRoutesOptions): (path: string) => RequestListener | undefined {
  const { config, limits } = options;
  const waiting = new Map<Route, number>();

  async function answer(route: Route, request: HttpRequest, response: HttpResponse): Promise<void> {
    const { method } = route;
    response.setHeader("cache-control", "no-store");
    if (request.method !== method) {
      response.setHeader("allow", method);
      sendText(request, response, 405, `this takes ${method}`);
      return;
    }
    // What changes something is for pages of this server alone, and browsers name the origin of the page with it.
    if (method === "POST" && request.headers.origin !== config.origin) {
      sendText(request, response, 403, `only pages of ${config.origin} may ask for this`);
      return;
    }
    if (limits !== undefined && !limits.rates.take(limits.addressOf(request), route.cost))
      sendLater(route, request, response, 429, "Too many requests have come from your address.");
    else await answerInTurn(route, request, response);
  }

  async function answerInTurn(route: Route, request: HttpRequest, response: HttpResponse): Promise<void> {
    const others = waiting.get(route) ?? 0;
    if (others >= route.maxWaiting) {
      sendLater(route, request, response, 503, "Too many others are waiting for this.");
      return;
    }
    waiting.set(route, others + 1);
    try {
      await route.answer(options, request, response);
    } catch (error) {
      if (!(error instanceof StoreTrouble) || response.headersSent) throw error;
      options.onError(error);
      sendLater(route, request, response, 503, "Sessions cannot be read or kept right now.");
    } finally {
      waiting.set(route, (waiting.get(route) ?? 1) - 1);
    }
  }

  return (path) => {
    const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
    return route && ((request, response) => answer(route, request, response));
  };
}

/** Answers that it may be tried again in a second. */
function sendLater(
  { isPage = false }: Route,
  request: HttpRequest,
  response: HttpResponse,
  status: 429 | 503,
  sentence: string,
): void {
  response.setHeader("retry-after", "1");
  if (isPage) sendPage(request, response, { status, title: "Try again in a moment", sentence });
  else sendText(request, response, status, sentence);
}

async function showSession(
  { config, view }: AuthRoutesOptions,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  sendView(request, response, await view(secretInCookies(request.headers.cookie, config)));
}

async function refresh(
  { config, keeper, view }: AuthRoutesOptions,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const secret = secretInCookies(request.headers.cookie, config);
  try {
    const session = secret === undefined ? undefined : await keeper.refresh(secret);
    const shown = await view(session && secret);
    if (session === undefined) response.setHeader("set-cookie", setCookie("session", undefined, config));
    sendView(request, response, shown);
  } catch (error) {
    if (!(error instanceof RefreshFailed)) throw error;
    response.setHeader("retry-after", "1");
    sendText(request, response, 503, error.message);
  }
}

async function signOut(
  { config, keeper, provider, onError }: AuthRoutesOptions,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const secret = secretInCookies(request.headers.cookie, config);
  if (secret !== undefined) await keeper.end(secret);
  response.setHeader("set-cookie", setCookie("session", undefined, config));
  const url = await provider.signOutUrl().catch((error: unknown) => {
    onError(error);
    return undefined;
  });
  sendView(request, response, { location: url?.href ?? null });
}
