import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { Call } from "@triptych/rpc/call/call.ts";
import type { GateWork } from "@triptych/rpc/call/settings.ts";
import type { Principal } from "../domain/caller.ts";
import { callerKey } from "../services/caller-key.ts";
import type { Authenticate } from "./authenticate.ts";
import { authorizationOf } from "./bearer-token.ts";
import { isFound, type Lookup, whenFound } from "./lookup.ts";
import type { MayCall } from "./policies-beside-contracts.ts";
import { fullName } from "./policy.ts";
import type { Session } from "./session.ts";
import { isUnauthenticated, unauthenticated } from "./unauthenticated.ts";

/** What the gate goes by. */
export interface GateOptions {
  /** Who may call a method; undefined: nobody. */
  readonly policyOf: (method: DescMethod) => MayCall | undefined;
  /** What a call of a method costs: of one for anyone that costs nothing, no credential is looked at. */
  readonly costOf: (method: DescMethod) => number;
  readonly authenticate: Authenticate;
  /** The session of the certificate that a client has shown; undefined where certificates are not taken. */
  readonly certificateSession: ((call: Call) => Session | undefined) | undefined;
  /** The session of the page that calls, which may have expired; undefined where pages do not sign in. */
  readonly browserSession: ((call: Call) => Lookup<Session | undefined>) | undefined;
  readonly now: () => number;
  /** Notified of each stream whose caller is known. */
  readonly onStream: (call: Call, session: Session) => void;
  /** What a caller has to send, as an error says it. */
  readonly howToSignIn: string;
}

interface KnownMethod {
  readonly policy: MayCall;
  /** Whether anyone may call it and it costs nothing, so that no credential is looked at. */
  readonly isForAll: boolean;
}

/**
 * Creates what lets a call pass before its body is read: who makes it is then in its context values. It throws, or rejects with,
 * UNAUTHENTICATED where the caller has to say who they are or has not shown it, also where anyone may call, and PERMISSION_DENIED where they may not.
 * Where anyone may call, a caller is nobody whose credential cannot be read, since the issuer or the store does not answer; and everybody is where that costs nothing, as with
 * health checks: a server that has lost these must not be taken for one that has failed.
 */
export function createRequestGate(options: GateOptions): (context: HandlerContext, call: Call) => GateWork | undefined {
  const { policyOf, costOf, authenticate, certificateSession, browserSession, now, onStream, howToSignIn } = options;
  /** What is known of each method: to read it from the contract takes longer than many a call. */
  const known = new Map<DescMethod, KnownMethod>();

  function methodOf(desc: DescMethod): KnownMethod {
    let method = known.get(desc);
    if (method === undefined) {
      const policy = policyOf(desc);
      if (policy === undefined) throw denied(`nobody may call ${fullName(desc)}: its contract does not say who may`);
      method = { policy, isForAll: policy === "anyone" && costOf(desc) === 0 };
      known.set(desc, method);
    }
    return method;
  }

  const mayCall = (desc: DescMethod) => methodOf(desc).policy;

  function enter(context: HandlerContext, call: Call, session: Session, policy: MayCall): void {
    checkMay(session.principal, call.method.desc, policy);
    letIn(context, call, session);
  }

  function letIn({ values }: HandlerContext, call: Call, session: Session): void {
    values.set(callerKey, session.principal);
    if (call.method.streams) onStream(call, session);
  }

  /** What a call that brings no token and no key is known by: the session of its page, else the certificate of its client. */
  function validSession(call: Call, ofPage: Session | undefined, policy: MayCall): Session | undefined {
    if (ofPage !== undefined && ofPage.expiresAt > now()) return ofPage;
    // A browser sends its cookie whatever it calls: where anyone may, one that has expired is no reason to reject.
    if (ofPage !== undefined && policy !== "anyone") throw unauthenticated("the session has expired");
    const shown = certificateSession?.(call);
    if (shown !== undefined && shown.expiresAt <= now()) throw unauthenticated("the certificate has expired");
    return shown;
  }

  function enterWithoutCredential(context: HandlerContext, call: Call, ofPage: Session | undefined): void {
    const policy = mayCall(context.method);
    const session = validSession(call, ofPage, policy);
    if (session !== undefined) {
      enter(context, call, session, policy);
      // A certificate is not the headers': what it stands for is kept with its connection.
      if (session === ofPage) keep(call, session);
    } else if (policy === "anyone") enterAsNobody(context);
    else throw unauthenticated(`${fullName(context.method)} asks who calls: ${howToSignIn}`);
  }

  /** Lets a call pass whose credential cannot be read. */
  function enterUnread(context: HandlerContext, error: unknown): void {
    if (mayCall(context.method) !== "anyone" || isUnauthenticated(error)) throw error;
    enterAsNobody(context);
  }

  /** Lets a call pass whose credential has to be looked at, or that brings none. */
  function enterOnceFound(
    context: HandlerContext,
    call: Call,
    found: Lookup<Session> | undefined,
  ): GateWork | undefined {
    const unread = (error: unknown) => enterUnread(context, error);
    return found === undefined
      ? whenFound(browserSession?.(call), (ofPage) => enterWithoutCredential(context, call, ofPage), unread)
      : whenFound(found, (session) => enter(context, call, session, mayCall(context.method)), unread);
  }

  return (context, call) => {
    const { repeatedHead, startedAt } = call;
    // Same method, same credential: nothing has to be looked up. This and what follows for others makes no function for calls of a caller who is known.
    const sender = repeatedHead?.sender as Session | undefined;
    if (sender !== undefined) {
      if (authenticate.isGood(sender, startedAt)) {
        letIn(context, call, sender);
        return undefined;
      }
      keep(call, undefined);
    }
    const { policy, isForAll } = methodOf(context.method);
    if (isForAll) {
      enterAsNobody(context);
      return undefined;
    }
    const authorization = authorizationOf(call);
    const found = authorization === undefined ? undefined : authenticate.find(authorization, startedAt);
    if (found === undefined || !isFound(found)) return enterOnceFound(context, call, found);
    enter(context, call, found, policy);
    keep(call, found);
    return undefined;
  };
}

/** Keeps who calls with the headers of a call, which say it. */
function keep({ repeatedHead }: Call, session: Session | undefined): void {
  if (repeatedHead !== undefined) repeatedHead.sender = session;
}

function enterAsNobody({ values }: HandlerContext): void {
  values.set(callerKey, "nobody");
}

function checkMay({ isAdmin }: Principal, method: DescMethod, policy: MayCall): void {
  if (policy === "admin" && !isAdmin) throw denied(`only an admin may call ${fullName(method)}`);
}

function denied(text: string): ConnectError {
  return new ConnectError(text, Code.PermissionDenied);
}
