import { type DescMethod, getOption, hasOption } from "@bufbuild/protobuf";
import { cost } from "@triptych/proto/triptych/limit/v1/cost_pb.ts";
import { COSTS_BESIDE_CONTRACTS } from "./costs-beside-contracts.ts";

/** What a call of a method costs: as its contract says, or, where the contract is not ours to change, as the table beside the contracts does; else 1. */
export function costOf(method: DescMethod): number {
  if (hasOption(method, cost)) return getOption(method, cost);
  return COSTS_BESIDE_CONTRACTS.get(`${method.parent.typeName}/${method.name}`) ?? 1;
}
