import type { DescMethod } from "@bufbuild/protobuf";
import { policyOf } from "../../src/identity/policy.ts";
import { costOf } from "../../src/limits/cost-of.ts";

const START = "<!-- The methods, written by `npm run access`. -->";
const END = "<!-- The end of the methods. -->";

/** The page with the table of who may call each method, and at what cost, in the place of the one that it has. */
export function withAccessTable(page: string, methods: readonly DescMethod[]): string {
  const from = page.indexOf(START);
  const to = page.indexOf(END);
  if (from === -1 || to === -1) throw new Error("the page has no place for the table");
  return `${page.slice(0, from)}${START}\n\n${accessTable(methods)}\n\n${page.slice(to)}`;
}

function accessTable(methods: readonly DescMethod[]): string {
  const rows = methods.map(
    (method) => `| \`${method.parent.typeName}\` | \`${method.name}\` | ${policyOf(method)} | ${costOf(method)} |`,
  );
  return ["| service | method | who may call it | cost |", "|---|---|---|---|", ...rows].join("\n");
}
