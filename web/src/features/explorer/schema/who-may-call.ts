import { type DescMethod, getOption } from "@bufbuild/protobuf";
import { Caller, policy } from "@triptych/proto/triptych/auth/v1/policy_pb.ts";

const SENTENCES: ReadonlyMap<number, string> = new Map([
  [Caller.ANYONE, "Anyone may call it."],
  [Caller.SIGNED_IN, "Where the server asks who calls: callers who are signed in."],
  [
    Caller.OWNER,
    "Where the server asks who calls: callers who are signed in, for what is their own; an admin for all.",
  ],
  [Caller.ADMIN, "Where the server asks who calls: an admin."],
]);

/** What a contract says of who may call a method. */
export interface WhoMayCall {
  /** For people; undefined where the contract says nothing. */
  readonly sentence: string | undefined;
  /** Whether one has to say who one is. */
  readonly isLocked: boolean;
}

/** Reads the policy of a method. */
export function whoMayCall(method: DescMethod): WhoMayCall {
  const { caller } = getOption(method, policy);
  const sentence = SENTENCES.get(caller);
  return { sentence, isLocked: sentence !== undefined && caller !== Caller.ANYONE };
}
