import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { fetchBounded } from "./fetch-bounded.ts";

/** How long the issuer may take to answer, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** How soon the issuer is asked again after it has answered or failed, in milliseconds: tokens with keys that do not exist cost it no more. */
const COOLDOWN_MS = 5_000;
/** How long its keys are kept, in milliseconds; a token with another key has them fetched earlier. */
const KEEP_MS = 600_000;

const configuration = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * The keys that an issuer signs with, found by its discovery document, fetched when a token first needs them and again when a token names
 * one that is not among them. Rejects while they cannot be had; what failed is not tried again for five seconds, and keys that are known are given meanwhile.
 */
export function createIssuerKeys(issuer: string, now: () => number): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  const isCoolingDown = () => failure !== undefined && now() < failure.until;

  /** Asks an issuer that does not answer no more than once in a while, whatever asks for it. */
  const ask: Ask = async (url, init) => {
    if (isCoolingDown()) throw failure?.error;
    return fetchBounded(url, init);
  };

  async function find(): Promise<JWTVerifyGetKey> {
    return createRemoteJWKSet(await discover(issuer, ask), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: KEEP_MS,
      [customFetch]: ask,
    });
  }

  function found(): Promise<JWTVerifyGetKey> {
    if (keys === undefined) {
      const finding = find();
      keys = finding;
      finding.catch(() => {
        keys = undefined;
      });
    }
    return keys;
  }

  return async (header, token) => {
    try {
      return await (await found())(header, token);
    } catch (error) {
      if (!isOfToken(error) && !isCoolingDown()) failure = { error, until: now() + COOLDOWN_MS };
      throw error;
    }
  };
}

type Ask = (url: string, init: RequestInit) => Promise<Response>;

/** Whether it is the token that asks for a key which the issuer does not have. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function discover(issuer: string, ask: Ask): Promise<URL> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await ask(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  if (!response.ok) throw new Error(`${url} answers with HTTP ${response.status}`);
  return keysUrl(issuer, await response.json());
}

/**
 * Where the keys of an issuer are, as its discovery document says.
 * @throws Error when the document is none or another's, or when anyone on the way could change the keys though not the document.
 */
export function keysUrl(issuer: string, document: unknown): URL {
  const found = configuration.parse(document);
  if (found.issuer !== issuer) throw new Error(`the document of ${issuer} is of another issuer: ${found.issuer}`);
  const url = new URL(found.jwks_uri);
  if (new URL(issuer).protocol === "https:" && url.protocol !== "https:")
    throw new Error(`the keys of ${issuer} must be behind https, too: got ${url}`);
  return url;
}
