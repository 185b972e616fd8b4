import { describe, expect, it } from "vitest";
import { InvalidInput, OutOfRange, TooMuchWork } from "../../../../domain/errors.ts";
import { evaluateNow, outcomeOf } from "../testing/evaluate-now.ts";

const thirdOf34 = "0.3333333333333333333333333333333333";
const pi34 = "3.141592653589793238462643383279503";

describe("exact results", () => {
  it.each([
    ["0.1+0.2", "0.3"],
    ["1/3*3", "1"],
    ["1/3+1/6", "0.5"],
    ["2^200", "1606938044258990275541962092341162602522202993782792835301376"],
    ["1000!/998!", "999000"],
    ["10-4-3", "3"],
    ["100/10/5", "2"],
    ["2+3*4", "14"],
    ["(2+3)*4", "20"],
    ["((((7))))", "7"],
    ["-2^2", "-4"],
    ["(-2)^2", "4"],
    ["2^-1", "0.5"],
    ["2^3^2", "512"],
    ["2^-3^2", "0.001953125"],
    ["-3!", "-6"],
    ["3!!", "720"],
    ["0!", "1"],
    ["2^3!", "64"],
    ["0^0", "1"],
    ["0^2", "0"],
    ["--2", "2"],
    ["+2", "2"],
    ["2--3", "5"],
    ["2*-3", "-6"],
    ["-0", "0"],
    ["7%3", "1"],
    ["-7%3", "2"],
    ["7%-3", "-2"],
    ["-7%-3", "-1"],
    ["5.5%2", "1.5"],
    ["(1/2)%(1/3)*6", "1"],
    ["1e100000%7", "4"],
    ["3%1e5000", "3"],
    ["sqrt(9/16)", "0.75"],
    ["sqrt(1e101*10)", "1e+51"],
    ["sqrt(0)", "0"],
    ["4^0.5", "2"],
    ["8^(2/3)", "4"],
    ["4^-0.5", "0.5"],
    ["(-1)^1e50", "1"],
    ["1^9e999", "1"],
    ["abs(-3)", "3"],
    ["abs(2/4)", "0.5"],
    ["min(3)", "3"],
    ["min(3,-1,2)", "-1"],
    ["max(1/3,0.3)*3", "1"],
    ["round(2.5)", "3"],
    ["round(-2.5)", "-3"],
    ["round(2.345,2)", "2.35"],
    ["round(1250,-2)", "1300"],
    ["floor(-1.5)", "-2"],
    ["floor(1e-5000)", "0"],
    ["floor(-1e-5000)", "-1"],
    ["ceil(1.2)", "2"],
    ["ceil(-0.5)", "0"],
    ["log(1000)", "3"],
    ["log(0.001)", "-3"],
    ["ln(1)", "0"],
    ["exp(0)", "1"],
    [".5+5.", "5.5"],
    ["1.5e3", "1500"],
    ["1E+2", "100"],
    ["0e99999999999999999999", "0"],
    ["MAX(1, 2)", "2"],
    ["6 × 2 ÷ 3 − 1 · 2", "2"],
    ["1e5000*3", "3e+5000"],
    ["1e-999999999", "1e-999999999"],
    ["floor(sqrt(2)^2)", "2"],
    ["(-2)^(sqrt(2)^2)", "4"],
    ["floor(pi*1e20)", "314159265358979323846"],
  ])("%s is %s", (expression, text) => {
    expect(evaluateNow(expression).text).toBe(text);
  });

  it("are in full up to 1,000 digits, whatever the digits asked for", () => {
    expect(evaluateNow("10^999+1", 5)).toEqual({ text: `1${"0".repeat(998)}1`, exact: true });
    expect(evaluateNow("10^1000+1", 5)).toEqual({ text: "1e+1000", exact: false });
    expect(evaluateNow("2^-1000")).toMatchObject({ exact: true });
  });
});

describe("rounded results", () => {
  it.each([
    ["1/3", 0, thirdOf34],
    ["2/3", 1, "0.7"],
    ["1/3", 5, "0.33333"],
    ["pi", 0, pi34],
    ["π", 0, pi34],
    ["e", 10, "2.718281828"],
    ["sqrt(2)", 0, "1.414213562373095048801688724209698"],
    ["sqrt(2)^2", 0, "2"],
    ["sqrt(2)^2-2", 0, "0"],
    ["100*sqrt(2)^2", 0, "200"],
    ["exp(ln(2))", 0, "2"],
    ["exp(pi*sqrt(163))", 0, "262537412640768743.9999999999992501"],
    ["exp(1e-20)-1", 0, "1.000000000000000000005000000000000e-20".replace("000000000000e", "e")],
    ["ln(1+1e-900)", 3, "1e-900"],
    ["exp(100)", 5, "2.6881e+43"],
    ["9^9^9", 0, "4.281247731757470480369871159305635e+369693099"],
    ["1000!", 10, "4.023872601e+2567"],
    ["10000!", 0, "2.846259680917054518906413212119869e+35659"],
    ["1e6!", 0, "8.263931688331240062376646103172666e+5565708"],
    ["(1/3)^(1/7)", 10, "0.8547513999"],
    ["123456*pi", 3, "3.88e+5"],
    ["log(2)", 10, "0.3010299957"],
    ["floor(9^9^9)", 5, "4.2812e+369693099"],
    ["max(sqrt(2),sqrt(2))", 5, "1.4142"],
    ["4%(sqrt(2)^2)", 5, "0"],
    ["exp(-1)^0.5", 10, "0.6065306597"],
  ])("%s to %i digits is about %s", (expression, digits, text) => {
    expect(evaluateNow(expression, digits)).toEqual({ text, exact: false });
  });
});

describe("input that has no value", () => {
  it.each([
    ["1/0", '"/" at position 1 must not divide by zero'],
    [" 1 + 2 % (1-1)", '"%" at position 7 must not divide by zero'],
    ["0^-1", '"^" at position 1 must not divide by zero, as 0 to a negative power does'],
    ["1/(sqrt(2)-sqrt(2))", '"/" at position 1 must not divide by zero'],
    ["sqrt(-1)", "sqrt at position 0 takes a number of at least 0: got -1"],
    ["2*ln(0)", "ln at position 2 takes a number above 0: got 0"],
    ["log(-1/3)", "log at position 0 takes a number above 0: got -0.3333333333"],
    ["1.5!", '"!" at position 3 takes a whole number of at least 0: got 1.5'],
    ["(-1)!", '"!" at position 4 takes a whole number of at least 0: got -1'],
    ["pi!", '"!" at position 2 takes a whole number of at least 0: got 3.141592654'],
    ["(-8)^(1/3)", '"^" at position 4 takes only a whole power of a negative number: got 0.3333333333'],
    ["round(1,0.5)", "round at position 0 rounds to a whole number of digits from -1,000 to 1,000: got 0.5"],
    ["round(1,1001)", "round at position 0 rounds to a whole number of digits from -1,000 to 1,000: got 1001"],
  ])("%s: %s", (expression, description) => {
    const error = outcomeOf(() => evaluateNow(expression));
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({ violations: [{ field: "expression", description }] });
  });

  it.each([-1, 1_001, 1.5, Number.NaN])("refuses %d digits", (digits) => {
    const violations = [{ field: "digits", description: `must be 0 to 1,000: got ${digits}` }];
    expect(outcomeOf(() => evaluateNow("1", digits))).toMatchObject({ name: "InvalidInput", violations });
  });
});

describe("results that cannot be held", () => {
  it.each([
    "9^9^9^9",
    "1e9!",
    "1e1000000000",
    "1e-1000000000",
    "1e-999999999/10",
    "exp(1e12)",
    "exp(-1e12)",
    "(1/9)^9^9^9",
    "1e99999999999999999999999999",
    "3!!!!",
  ])("%s is out of range", (expression) => {
    expect(outcomeOf(() => evaluateNow(expression))).toBeInstanceOf(OutOfRange);
  });

  it.each(["9^9^9%7", "1e5000+1-1e5000", "1e7!-1e7!+pi", "floor(9^9^9-9^9^9)"])(
    "%s takes too many digits",
    (expression) => {
      expect(outcomeOf(() => evaluateNow(expression))).toBeInstanceOf(TooMuchWork);
    },
  );
});
