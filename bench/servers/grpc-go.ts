import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import { cache } from "../paths.ts";
import { runProgram } from "../run-program.ts";
import type { ServerSpec } from "./server-spec.ts";

const source = fileURLToPath(new URL("../peers/grpc-go.go", import.meta.url));
/** Where Debian's packages put the sources of Go libraries. */
const GO_PATH = "/usr/share/gocode";

/** The grpc-go server, compiled from Debian's sources when it is first needed. */
export const grpcGo: ServerSpec = {
  name: "grpc-go",
  whyNot() {
    if (findProgram("go") === undefined) return "golang-go is not installed";
    const library = join(GO_PATH, "src/google.golang.org/grpc");
    return existsSync(library) ? undefined : "golang-google-grpc-dev is not installed";
  },
  async launch() {
    return { command: await build(), args: [] };
  },
};

async function build(): Promise<string> {
  const version = await runProgram("go", ["version"]);
  const fingerprint = createHash("sha256")
    .update(await readFile(source))
    .update(version)
    .digest("hex")
    .slice(0, 16);
  const program = join(cache, `grpc-go-${fingerprint}`);
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const environment = { GO111MODULE: "off", GOPATH: GO_PATH, GOFLAGS: "", GOCACHE: join(cache, "go") };
  await runProgram("go", ["build", "-o", unfinished, source], environment);
  await rename(unfinished, program);
  return program;
}
