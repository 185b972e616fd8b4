import type { Figures } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";

const exact = new Intl.NumberFormat("en", { maximumSignificantDigits: 15, useGrouping: false });
const rounded = new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false });

/** The figures over numbers, the sum first, such as "total 9, mean 3". */
export function figuresText(figures: Figures | undefined): string {
  if (figures === undefined) return "no figures";
  const { sum, mean } = figures;
  return `total ${exact.format(sum)}${mean === undefined ? "" : `, mean ${rounded.format(mean)}`}`;
}
