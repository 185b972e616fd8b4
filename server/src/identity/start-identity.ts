import type { DescMethod } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { Call } from "@triptych/rpc/call/call.ts";
import type { GateWork } from "@triptych/rpc/call/settings.ts";
import { openApiKeys } from "./api-keys.ts";
import { createAuthenticate } from "./authenticate.ts";
import type { BrowserSessions } from "./browser-sessions.ts";
import { createCertificateSessions } from "./client-certificate.ts";
import { createIssuerKeys } from "./issuer-keys.ts";
import type { Lookup } from "./lookup.ts";
import { OpenStreams } from "./open-streams.ts";
import type { MayCall } from "./policies-beside-contracts.ts";
import { policyOf } from "./policy.ts";
import { createRequestGate } from "./request-gate.ts";
import type { Session } from "./session.ts";
import { type PageOrigin, secretOfCall } from "./session-cookie.ts";
import { createTokenVerifier } from "./verify-token.ts";

/** How often it is looked for tokens that have expired and keys that were revoked, in milliseconds. */
const SWEEP_MS = 1_000;

/** How callers say who they are. */
export interface IdentityConfig {
  /** Whose tokens are taken, and for which audience; undefined for nobody's. */
  readonly oidc: { readonly issuer: string; readonly audience: string; readonly admins: readonly string[] } | undefined;
  /** The file of the API keys; undefined for none. */
  readonly apiKeysFile: string | undefined;
  /** Whether certificates of clients are taken, and the common names of those who are admins; undefined for none. */
  readonly certificates: { readonly admins: readonly string[] } | undefined;
  /** Who may ask for reflection. */
  readonly reflection: MayCall;
}

/** What identity works with. */
export interface IdentityDependencies {
  readonly now: () => number;
  /** Told of what keeps keys or sessions from being read. */
  readonly onError: (error: unknown) => void;
  /** What a call of a method costs. */
  readonly costOf: (method: DescMethod) => number;
  /** The sessions of pages, and the origin of these; undefined where they do not sign in. */
  readonly browser: (PageOrigin & { readonly sessions: BrowserSessions }) | undefined;
}

/** Asks who calls. */
export interface Identity {
  readonly gate: (context: HandlerContext, call: Call) => GateWork | undefined;
  /** How many streams are known, to be ended with what their callers are known by. */
  readonly openStreams: number;
}

/** Begins to ask who calls, until `stopping` is aborted; rejects when the file of keys cannot be read. */
export async function startIdentity(
  { oidc, apiKeysFile, certificates, reflection }: IdentityConfig,
  { now, onError, costOf, browser }: IdentityDependencies,
  stopping: AbortSignal,
): Promise<Identity> {
  const apiKeys = apiKeysFile === undefined ? undefined : await openApiKeys(apiKeysFile, onError);
  const verifyToken = oidc && createTokenVerifier({ ...oidc, keys: createIssuerKeys(oidc.issuer, now), now, onError });
  const streams = new OpenStreams();
  let isUnread = false;
  /** Finds out which sessions that have streams were ended or refreshed, wherever that was; they stay as they were while that cannot be read. */
  const refreshSessions = async () => {
    const open = streams.browserSessions();
    if (open.size === 0) return;
    try {
      await browser?.sessions.refresh(open);
      isUnread = false;
    } catch (error) {
      if (!isUnread) onError(error);
      isUnread = true;
    }
  };
  const endExpired = () => streams.endExpired(now());
  const sweep = setInterval(async () => {
    // What has expired does not wait for a file or the store, and neither for the other.
    endExpired();
    await Promise.all([apiKeys?.refresh().then(endExpired), refreshSessions().then(endExpired)]);
  }, SWEEP_MS);
  stopping.addEventListener("abort", () => clearInterval(sweep), { once: true });
  return {
    gate: createRequestGate({
      policyOf: (method) => (isReflection(method) ? reflection : policyOf(method)),
      costOf,
      authenticate: createAuthenticate({ verifyToken, apiKeys, now }),
      certificateSession: certificates && createCertificateSessions(certificates.admins),
      browserSession: browser && ((call) => sessionOfPage(call, browser)),
      now,
      onStream: (call, session) => streams.track(call, session),
      howToSignIn: howToSignIn(oidc?.issuer, {
        hasKeys: apiKeys !== undefined,
        hasCertificates: certificates !== undefined,
        hasPages: browser !== undefined,
      }),
    }),
    get openStreams() {
      return streams.count;
    },
  };
}

function sessionOfPage(
  call: Call,
  { sessions, origin }: NonNullable<IdentityDependencies["browser"]>,
): Lookup<Session | undefined> {
  const secret = secretOfCall(call, { origin });
  return secret === undefined ? undefined : sessions.recall(secret);
}

function isReflection({ parent }: DescMethod): boolean {
  return parent.typeName.startsWith("grpc.reflection.");
}

function howToSignIn(
  issuer: string | undefined,
  {
    hasKeys,
    hasCertificates,
    hasPages,
  }: { readonly hasKeys: boolean; readonly hasCertificates: boolean; readonly hasPages: boolean },
): string {
  const what = [...(issuer === undefined ? [] : [`a token of ${issuer}`]), ...(hasKeys ? ["an API key"] : [])];
  const ways =
    what.length === 0
      ? []
      : [`${hasPages ? "sign in on the page, or " : ""}send "authorization: Bearer" with ${what.join(" or ")}`];
  return [...ways, ...(hasCertificates ? ["connect with the certificate of a client"] : [])].join(", or ");
}
