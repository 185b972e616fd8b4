import { ScalarType } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { parseScalar } from "./parse-scalar.ts";

describe("the text of a scalar", () => {
  it.each([
    [ScalarType.INT32, " -2147483648 ", -2147483648],
    [ScalarType.INT32, "+5", 5],
    [ScalarType.INT32, "", 0],
    [ScalarType.UINT32, "4294967295", 4294967295],
    [ScalarType.INT64, "-9223372036854775808", "-9223372036854775808"],
    [ScalarType.UINT64, "18446744073709551615", "18446744073709551615"],
    [ScalarType.DOUBLE, "-1.5e300", -1.5e300],
    [ScalarType.DOUBLE, ".5", 0.5],
    [ScalarType.DOUBLE, "-Infinity", "-Infinity"],
    [ScalarType.FLOAT, "", 0],
    [ScalarType.BYTES, "aGk=", "aGk="],
    [ScalarType.STRING, " as it is ", " as it is "],
    [ScalarType.BOOL, "true", true],
  ])("of a %s, %j, is %j", (scalar, text, json) => {
    expect(parseScalar(scalar, text)).toEqual({ json });
  });

  it.each([
    [ScalarType.INT32, "2147483648", 'must be a whole number from -2147483648 to 2147483647: got "2147483648"'],
    [ScalarType.INT32, "1.5", 'must be a whole number from -2147483648 to 2147483647: got "1.5"'],
    [ScalarType.UINT64, "-1", 'must be a whole number from 0 to 18446744073709551615: got "-1"'],
    [ScalarType.DOUBLE, "1,5", 'must be a number, NaN, Infinity or -Infinity: got "1,5"'],
    [ScalarType.FLOAT, "1e39", 'must fit a float: got "1e39"'],
    [ScalarType.BYTES, "a b$", 'must be base64, such as aGVsbG8=: got "a b$"'],
    [ScalarType.BOOL, "yes", 'must be true or false: got "yes"'],
    [ScalarType.STRING, "\ud83d", "must be text that can be sent: got half of a character"],
  ])("of a %s may not be %j: %s", (scalar, text, problem) => {
    expect(parseScalar(scalar, text)).toEqual({ problem });
  });

  it("is not repeated in full where it is long", () => {
    const parsed = parseScalar(ScalarType.INT64, "9".repeat(1_000_000));
    expect(JSON.stringify(parsed).length).toBeLessThan(200);
  });
});
