import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import { cache } from "../paths.ts";
import { runProgram } from "../run-program.ts";
import type { ServerSpec } from "./server-spec.ts";

const source = fileURLToPath(new URL("../peers/grpc-cpp.cc", import.meta.url));
const HEADER = "/usr/include/grpcpp/server_builder.h";

/** The gRPC C++ synchronous server, compiled when it is first needed. */
export const grpcCpp = grpcCppServer("gRPC C++", []);
/** The gRPC C++ server with the callback API. */
export const grpcCppCallback = grpcCppServer("gRPC C++ callback", ["callback"]);

function grpcCppServer(name: string, args: readonly string[]): ServerSpec {
  return {
    name,
    whyNot() {
      const missing = ["g++", "pkg-config"].find((program) => findProgram(program) === undefined);
      if (missing !== undefined) return `${missing} is not installed`;
      return existsSync(HEADER) ? undefined : "libgrpc++-dev is not installed";
    },
    async launch() {
      return { command: await build(), args };
    },
  };
}

async function build(): Promise<string> {
  const version = await runProgram("pkg-config", ["--modversion", "grpc++"]);
  const fingerprint = createHash("sha256")
    .update(await readFile(source))
    .update(version)
    .digest("hex")
    .slice(0, 16);
  const program = join(cache, `grpc-cpp-${fingerprint}`);
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const flags = (await runProgram("pkg-config", ["--cflags", "--libs", "grpc++"])).trim().split(/\s+/);
  const unfinished = `${program}.${process.pid}`;
  await runProgram("g++", ["-O2", "-o", unfinished, source, ...flags]);
  await rename(unfinished, program);
  return program;
}
