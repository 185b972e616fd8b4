import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { root } from "@triptych/testkit/checkout/written-files.ts";

const generated = join(root, "proto", "gen");

/** Every method that a contract of the server declares, sorted by service; those of one service in the order of the contract. */
export const SERVED_METHODS: readonly DescMethod[] = (await servicesIn(generated))
  .sort((a, b) => (a.typeName < b.typeName ? -1 : 1))
  .flatMap(({ methods }) => methods);

/** The services of all generated files, without those that only tests serve. */
async function servicesIn(folder: string): Promise<DescService[]> {
  const files = globSync("**/*_pb.ts", { cwd: folder }).filter((file) => !file.includes("testing"));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return modules.flatMap((exported) => Object.values(exported)).filter(isService);
}

function isService(value: unknown): value is DescService {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "service";
}
