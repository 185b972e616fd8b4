import type { ServiceImpl } from "@connectrpc/connect";
import type { Cal } from "@triptych/proto/calculator_pb.ts";
import { addIntegers, multiplyIntegers } from "../calculator/domain/number/bounded-integer.ts";

/** The older calculator contract: sums and products of int32. OutOfRange instead of a number that wrapped around. */
export function createCalService(): ServiceImpl<typeof Cal> {
  return {
    add: ({ number1, number2 }) => ({ number: Number(addIntegers(BigInt(number1), BigInt(number2), "int32")) }),
    multiply: ({ number1, number2 }) => ({
      number: Number(multiplyIntegers(BigInt(number1), BigInt(number2), "int32")),
    }),
  };
}
