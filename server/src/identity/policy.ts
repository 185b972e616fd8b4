import { type DescMethod, getOption } from "@bufbuild/protobuf";
import { Caller, policy } from "@triptych/proto/triptych/auth/v1/policy_pb.ts";
import { type MayCall, POLICIES_BESIDE_CONTRACTS } from "./policies-beside-contracts.ts";

const CALLERS: ReadonlyMap<number, MayCall> = new Map([
  [Caller.ANYONE, "anyone"],
  [Caller.SIGNED_IN, "signed in"],
  [Caller.OWNER, "owner"],
  [Caller.ADMIN, "admin"],
]);

/**
 * Who may call a method: as its contract says, or, where the contract is not ours to change, as the table beside the contracts does. Undefined
 * where neither says it: then nobody may.
 */
export function policyOf(method: DescMethod): MayCall | undefined {
  return CALLERS.get(getOption(method, policy).caller) ?? POLICIES_BESIDE_CONTRACTS.get(fullName(method));
}

/** The full name of a method, such as `triptych.order.v1.OrderService/GetOrder`. */
export function fullName({ parent, name }: DescMethod): string {
  return `${parent.typeName}/${name}`;
}
