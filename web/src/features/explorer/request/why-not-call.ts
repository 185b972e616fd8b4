import { type DescMethod, getOption } from "@bufbuild/protobuf";
import { Caller, policy } from "@triptych/proto/triptych/auth/v1/policy_pb.ts";
import type { Metadata } from "../../../call-link/shared-call.ts";
import type { Session } from "../../../session/session.ts";
import { whyNot, whyNotAdmin } from "../../../session/why-not.ts";
import { isCredential } from "./metadata.ts";

/** A call that may be made, and at which server. */
export interface CallToMake {
  readonly method: DescMethod;
  /** Whether it is made at the server of the page, which alone knows its session. */
  readonly isOwnServer: boolean;
  /** What is sent beside the message. */
  readonly metadata: Metadata;
}

/**
 * Why the person at the page may not make a call, in sentences; undefined where they may, where that is not known, or where the call brings a credential of its own, which says
 * who calls in the place of the session.
 */
export function whyNotCall(session: Session, { method, isOwnServer, metadata }: CallToMake): string | undefined {
  if (!isOwnServer || metadata.some(([name]) => isCredential(name))) return undefined;
  const why = whyNotAs(session, getOption(method, policy).caller);
  return why && `${why}. You can also call with a token or key: add it as metadata.`;
}

function whyNotAs(session: Session, caller: Caller): string | undefined {
  if (caller === Caller.ADMIN) return whyNotAdmin(session);
  return caller === Caller.SIGNED_IN || caller === Caller.OWNER ? whyNot(session) : undefined;
}
