import type { HttpRequest, HttpResponse } from "@triptych/rpc/port/http.ts";
import { StoreTrouble } from "../domain/errors.ts";
import { secretInCookies } from "../identity/session-cookie.ts";
import { setCookie } from "./cookies.ts";
import { isFaultOfBrowser } from "./explain-provider-error.ts";
import {
  beginSignIn,
  type PendingSignIn,
  pendingCookie,
  pendingToForget,
  readPending,
  writePending,
} from "./pending-sign-in.ts";
import type { Provider } from "./provider.ts";
import { safePath } from "./safe-path.ts";
import { sendPage } from "./send-page.ts";
import type { SessionKeeper } from "./session-keeper.ts";
import type { SignInConfig } from "./sign-in-config.ts";

/** What signs people in. */
export interface SignInPagesOptions {
  readonly config: SignInConfig;
  readonly provider: Provider;
  readonly keeper: SessionKeeper;
  readonly now: () => number;
  /** Told of what a sign-in fails with. */
  readonly onError: (error: unknown) => void;
  /** The same, where it is the browser that it fails for, or who sits at it. */
  readonly onRefused: (error: unknown) => void;
}

const NOT_SIGNED_IN = "You are not signed in";

/** Sends a browser to the provider. */
export async function signIn(
  { config, provider, now, onError }: SignInPagesOptions,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const query = new URL(request.url ?? "", config.origin).searchParams;
  const path = safePath(query.get("return"));
  const { host, cookie } = request.headers;
  // The provider sends browsers back to the one address, and a cookie of another would be missing there.
  if (host !== undefined && host !== new URL(config.origin).host && !query.has("moved")) {
    redirect(response, `${config.origin}/auth/sign-in?${new URLSearchParams({ return: path, moved: "" })}`);
    return;
  }
  const pending = beginSignIn(path, now());
  try {
    const url = await provider.signInUrl(pending);
    response.setHeader("set-cookie", [
      ...pendingToForget(cookie, config).map((name) => setCookie(name, undefined, config)),
      setCookie(pendingCookie(pending.state), writePending(pending, config), config),
    ]);
    redirect(response, url.href);
  } catch (error) {
    onError(error);
    const sentence = "The provider that knows who you are cannot be reached right now.";
    sendPage(request, response, { status: 503, title: "Nobody can sign in right now", sentence });
  }
}

/** Takes a browser that the provider has sent back, and gives it its session. */
export async function callback(
  options: SignInPagesOptions,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  const { config, now, onError, onRefused } = options;
  const query = new URL(request.url ?? "", config.origin).searchParams;
  const state = query.get("state") ?? "";
  const isComplete = query.has("code") || query.has("error");
  const pending = isComplete ? readPending(request.headers.cookie, state, config, now()) : undefined;
  if (pending === undefined) {
    onRefused(new Error("no sign-in of the browser has this state"));
    const sentence = "This sign-in was not begun in this browser, has been used already, or took too long.";
    sendPage(request, response, { status: 400, title: NOT_SIGNED_IN, sentence });
    return;
  }
  const forget = setCookie(pendingCookie(state), undefined, config);
  response.setHeader("set-cookie", forget);
  try {
    const secret = await beginSession(options, request, pending);
    response.setHeader("set-cookie", [forget, setCookie("session", secret, config)]);
    redirect(response, config.origin + pending.path);
  } catch (error) {
    if (error instanceof StoreTrouble) throw error;
    (isFaultOfBrowser(error) ? onRefused : onError)(error);
    const sentence = "The provider did not say who you are, or not in the way that this server has asked for.";
    sendPage(request, response, { status: 400, title: NOT_SIGNED_IN, sentence });
  }
}

/** Begins the session of a sign-in, which has a secret of its own: what a browser brings never names it. The one before ends. */
async function beginSession(
  { config, provider, keeper }: SignInPagesOptions,
  { url = "", headers }: HttpRequest,
  pending: PendingSignIn,
): Promise<string> {
  const signedIn = await provider.signIn(url, pending);
  const before = secretInCookies(headers.cookie, config);
  if (before !== undefined) await keeper.end(before, signedIn.subject);
  return keeper.begin(signedIn);
}

function redirect(response: HttpResponse, location: string): void {
  response.statusCode = 303;
  response.setHeader("location", location);
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("content-length", 0);
  response.end();
}
