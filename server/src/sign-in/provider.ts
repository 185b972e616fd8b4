import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  None,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
  tokenRevocation,
} from "openid-client";
import { fetchBounded } from "../identity/fetch-bounded.ts";
import { isSubject } from "../identity/subject.ts";
import type { PendingSignIn } from "./pending-sign-in.ts";
import type { SignInConfig } from "./sign-in-config.ts";

/** How long the provider may take to answer, in seconds. */
const TIMEOUT_SECONDS = 5;
/** How soon a provider that could not be discovered is asked again, in milliseconds, however many want to sign in. */
const COOLDOWN_MS = 5_000;
/** How long a token is taken to be valid of which the provider does not say it, and at most, in seconds. */
const DEFAULT_SECONDS = 300;
const MAX_SECONDS = 30 * 24 * 3_600;
/** How long a refresh token may be, in characters: it is kept in a row of the store. */
const MAX_REFRESH_TOKEN = 16_000;

/** What the provider says of who has signed in. */
export interface SignedIn {
  readonly subject: string;
  /** What people call them. */
  readonly name: string;
  readonly tokens: Tokens;
}

/** How long a person is signed in for, and what that is prolonged with. */
export interface Tokens {
  /** In milliseconds from now. */
  readonly lastMs: number;
  /** Undefined where there is none. */
  readonly refreshToken: string | undefined;
}

/** The provider that people sign in at. Everything rejects while it cannot be reached. */
export class Provider {
  private readonly config: SignInConfig;
  private discovered: Promise<Discovered> | undefined;
  private failure: { readonly error: unknown; readonly until: number } | undefined;

  constructor(config: SignInConfig) {
    this.config = config;
  }

  /** Where the provider asks people who they are, for one sign-in. */
  async signInUrl({ state, nonce, verifier }: PendingSignIn): Promise<URL> {
    const { signIn } = await this.configuration();
    return buildAuthorizationUrl(signIn, {
      redirect_uri: callbackUrl(this.config),
      scope: this.config.scopes,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
  }

  /** Takes the code that the provider has sent a browser back with; rejects where anything about it is not as it was asked for. */
  async signIn(target: string, { state, nonce, verifier }: PendingSignIn): Promise<SignedIn> {
    const configuration = await this.configuration();
    const answer = await authorizationCodeGrant(configuration.signIn, new URL(target, callbackUrl(this.config)), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
    });
    const claims = answer.claims();
    if (claims === undefined) throw new Error("the provider has sent no ID token");
    if (!isSubject(claims.sub)) throw new Error("the provider names a subject that cannot be taken");
    return { subject: claims.sub, name: nameIn(claims), tokens: tokensIn(answer) };
  }

  /** Finds out how the provider is asked, where that is not known, which may take five seconds. */
  async discover(): Promise<void> {
    await this.configuration();
  }

  /** The next tokens of a subject; undefined where the provider gives none any more. Takes five seconds at most once the provider was discovered. */
  async refresh(refreshToken: string, subject: string): Promise<Tokens | undefined> {
    const configuration = await this.configuration();
    try {
      const answer = await refreshTokenGrant(configuration.refresh, refreshToken);
      const claims = answer.claims();
      if (claims !== undefined && claims.sub !== subject) return undefined;
      const { lastMs, refreshToken: next = refreshToken } = tokensIn(answer);
      return { lastMs, refreshToken: next };
    } catch (error) {
      if (error instanceof ResponseBodyError && error.error === "invalid_grant") return undefined;
      throw error;
    }
  }

  /** Has the provider take back a refresh token, where it knows how to. */
  async revoke(refreshToken: string): Promise<void> {
    const { signIn: configuration } = await this.configuration();
    if (configuration.serverMetadata().revocation_endpoint === undefined) return;
    await tokenRevocation(configuration, refreshToken, { token_type_hint: "refresh_token" });
  }

  /** Where people end their session at the provider; undefined where it has no such page. It names the client and not the person: no token goes through a browser. */
  async signOutUrl(): Promise<URL | undefined> {
    const { signIn: configuration } = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${this.config.origin}/` });
  }

  private configuration(): Promise<Discovered> {
    if (this.failure !== undefined && performance.now() < this.failure.until) return Promise.reject(this.failure.error);
    this.discovered ??= discover(this.config).catch((error: unknown) => {
      this.discovered = undefined;
      this.failure = { error, until: performance.now() + COOLDOWN_MS };
      throw error;
    });
    return this.discovered;
  }
}

/** How the provider is asked. */
interface Discovered {
  readonly signIn: Configuration;
  /** The same, without the keys of the provider: a token that it has given already is not lost while these cannot be had. TLS says whose the answer is. */
  readonly refresh: Configuration;
}

/** Where the provider sends browsers back to. */
function callbackUrl({ origin }: Pick<SignInConfig, "origin">): string {
  return `${origin}/auth/callback`;
}

async function discover({ issuer, clientId, clientSecret }: SignInConfig): Promise<Discovered> {
  const allow = issuer.startsWith("http:") ? [allowInsecureRequests] : [];
  const signIn = await discovery(new URL(issuer), clientId, clientSecret, authentication(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    execute: [enableNonRepudiationChecks, ...allow],
    [customFetch]: askBounded,
  });
  const refresh = new Configuration(signIn.serverMetadata(), clientId, clientSecret, authentication(clientSecret));
  refresh.timeout = TIMEOUT_SECONDS;
  refresh[customFetch] = askBounded;
  for (const change of allow) change(refresh);
  return { signIn, refresh };
}

/** The library gives a body that is none as undefined or null, by the request. */
const askBounded: CustomFetch = (url, { body, ...init }) => fetchBounded(url, { ...init, body: body ?? null });

/** How the client says who it is: as the provider names it first of what can be done here. */
function authentication(secret: string | undefined) {
  if (secret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  const choose: typeof basic = (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (methods.includes("client_secret_basic") ? basic : post)(server, ...rest);
  };
  return choose;
}

function tokensIn(answer: TokenEndpointResponse & TokenEndpointResponseHelpers): Tokens {
  const { refresh_token: refreshToken, expires_in: seconds = DEFAULT_SECONDS } = answer;
  if (refreshToken !== undefined && refreshToken.length > MAX_REFRESH_TOKEN)
    throw new Error("the provider gives a refresh token that is too long");
  return { lastMs: Math.floor(Math.min(seconds, MAX_SECONDS) * 1_000), refreshToken };
}

/** What people call a subject: the first of the usual claims that can be shown. */
function nameIn(claims: IDToken): string {
  const names = [claims.name, claims.preferred_username, claims.email, claims.sub];
  return names.find((name): name is string => typeof name === "string" && /^[^\p{C}]{1,255}$/u.test(name)) ?? "";
}
