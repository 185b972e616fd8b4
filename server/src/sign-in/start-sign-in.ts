import type { HttpRequest, RequestListener } from "@triptych/rpc/port/http.ts";
import type { ReaderNumbers } from "../domain/reader-of-caller.ts";
import type { SessionStore } from "../domain/session-store.ts";
import { BrowserSessions } from "../identity/browser-sessions.ts";
import type { IdentityConfig } from "../identity/start-identity.ts";
import { AddressRates } from "./address-rates.ts";
import { createAuthRoutes } from "./auth-routes.ts";
import { explainProviderError } from "./explain-provider-error.ts";
import { Provider } from "./provider.ts";
import { SessionKeeper } from "./session-keeper.ts";
import { createViewOfSession, showNobody } from "./session-view.ts";
import type { SignInConfig } from "./sign-in-config.ts";

/** What signing in works with. */
export interface SignInDependencies {
  readonly store: SessionStore;
  readonly readers: ReaderNumbers;
  /** The subjects who are admins. */
  readonly admins: readonly string[];
  /** Whether certificates of clients are taken beside. */
  readonly takesCertificates: boolean;
  readonly now: () => number;
  /** Told why the provider did not do what it was asked; there is no secret in it. */
  readonly onFailure: (why: string) => void;
  /** Told the same of what the browser is to blame for, or who sits at it. */
  readonly onRefused: (why: string) => void;
  /** The address of the client of a request; undefined where what goes by addresses is off. */
  readonly addressOf: ((request: HttpRequest) => string) | undefined;
}

/** How people sign in on the pages of a server. */
export interface SignIn {
  readonly origin: string;
  readonly sessions: BrowserSessions;
  /** Answers the paths below `/auth/`; undefined for any other path. */
  readonly routes: (path: string) => RequestListener | undefined;
}

/** Lets people sign in on the pages. The provider is asked when the first one does. */
export function startSignIn(config: SignInConfig, dependencies: SignInDependencies): SignIn {
  const { store, readers, admins, now, onFailure, addressOf } = dependencies;
  const { issuer, origin } = config;
  const onError = (error: unknown) => onFailure(explainProviderError(error));
  const onRefused = (error: unknown) => dependencies.onRefused(explainProviderError(error));
  const sessions = new BrowserSessions({ store, issuer, admins, now });
  const provider = new Provider(config);
  const keeper = new SessionKeeper({ sessions, store, provider, issuer, now, onError });
  const view = createViewOfSession(sessions, readers, dependencies);
  const limits = addressOf && { rates: new AddressRates(), addressOf };
  return {
    ...{ origin, sessions },
    routes: createAuthRoutes({ config, provider, keeper, view, now, onError, onRefused, limits }),
  };
}

/** Answers the pages of a server on which nobody can sign in; `identity` is undefined where it does not ask who calls. */
export function withoutSignIn(identity: Pick<IdentityConfig, "certificates"> | undefined): SignIn["routes"] {
  const asking = { asks: identity !== undefined, takesCertificates: identity?.certificates !== undefined };
  return (path) =>
    path === "/auth/session" ? (request, response) => showNobody(request, response, asking) : undefined;
}
