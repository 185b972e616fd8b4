import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const proto = fileURLToPath(new URL("../../proto", import.meta.url));

/** The full name of every service that a contract of the server declares, sorted: what has to be served. */
export const DECLARED_SERVICES: readonly string[] = globSync("{legacy,standard,triptych}/**/*.proto", { cwd: proto })
  .flatMap((file) => servicesOf(readFileSync(join(proto, file), "utf8")))
  .sort();

function servicesOf(contract: string): string[] {
  const prefix = /^package ([\w.]+);/m.exec(contract)?.[1];
  const names = [...contract.matchAll(/^service (\w+)/gm)].map(([, name = ""]) => name);
  return names.map((name) => (prefix === undefined ? name : `${prefix}.${name}`));
}
