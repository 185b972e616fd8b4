import { OutOfRange } from "../../../../domain/errors.ts";

/** A type of whole numbers of so many bits, signed. */
export type IntegerType = "int32" | "int64";

const bits: Readonly<Record<IntegerType, number>> = { int32: 32, int64: 64 };

/** The sum of two whole numbers. OutOfRange when it does not fit the type. */
export function addIntegers(a: bigint, b: bigint, type: IntegerType): bigint {
  return fitting(a + b, "sum", type);
}

/** The product of two whole numbers. OutOfRange when it does not fit the type. */
export function multiplyIntegers(a: bigint, b: bigint, type: IntegerType): bigint {
  return fitting(a * b, "product", type);
}

function fitting(value: bigint, name: string, type: IntegerType): bigint {
  if (BigInt.asIntN(bits[type], value) === value) return value;
  throw new OutOfRange(`the ${name} must fit ${type}: got ${value}`);
}
