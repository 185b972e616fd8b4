import { Code, ConnectError } from "@connectrpc/connect";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Session } from "./session.ts";
import { isSubject } from "./subject.ts";
import { unauthenticated } from "./unauthenticated.ts";

/** For how long a token counts without another look, in milliseconds: who is cut off by the issuer's keys is so after that. */
const KEEP_MS = 60_000;
/** How far the clocks of issuer and server may differ, in seconds. */
const SKEW_SECONDS = 5;
/** Signatures with a key of two parts only: a server that can check a token cannot make one. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** What tokens are taken. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** The subjects who are admins. */
  readonly admins: readonly string[];
  readonly keys: JWTVerifyGetKey;
  readonly now: () => number;
  /** Told of what keeps the keys of the issuer from being had. */
  readonly onError: (error: unknown) => void;
}

/**
 * Creates what checks a JWT: signed by a key of the issuer, for this audience, not yet expired, valid already, within the skew.
 * Rejects with UNAUTHENTICATED and the reason where it is not, and with UNAVAILABLE where the keys cannot be had.
 */
export function createTokenVerifier(rules: TokenRules): (token: string) => Promise<Session> {
  const { issuer, audience, admins, keys, now } = rules;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ["sub", "exp"],
        currentDate: new Date(now()),
      });
      // A token may hold anything there, whatever the type of its payload says.
      const { sub, exp = 0 }: { readonly sub?: unknown; readonly exp?: number } = payload;
      if (!isSubject(sub)) throw new errors.JWTClaimValidationFailed("no subject", payload, "sub");
      return {
        by: "token",
        principal: { id: `${issuer}#${sub}`, isAdmin: admins.includes(sub) },
        expiresAt: (exp + SKEW_SECONDS) * 1_000,
        freshUntil: performance.now() + KEEP_MS,
        isRevoked: () => false,
      };
    } catch (error) {
      const reason = faultOf(error, rules);
      if (reason !== undefined) throw unauthenticated(reason);
      rules.onError(error);
      throw new ConnectError("the keys of the issuer cannot be had, so no token can be checked", Code.Unavailable);
    }
  };
}

/** What is wrong with a token; undefined where the error is none of its own. */
function faultOf(error: unknown, { issuer, audience }: TokenRules): string | undefined {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "iss") return `the token is of another issuer than ${issuer}`;
    if (error.claim === "aud") return `the token is not for the audience ${audience}`;
    if (error.claim === "nbf") return "the token is not valid yet";
    return `the token has no ${error.claim} that can be taken`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "the token is not signed in a way that is taken";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "the signature of the token is wrong";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return "the token is signed by no key of the issuer";
  return isMalformed(error) ? "what came as a token is no signed JWT" : undefined;
}

function isMalformed(error: unknown): boolean {
  return (
    error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid || error instanceof errors.JOSENotSupported
  );
}
