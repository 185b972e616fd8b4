import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem, type } from "node:os";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import { isPinned } from "./cores.ts";
import { runProgram } from "./run-program.ts";

/** What a run was made on and with. */
export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  /** Whether servers and loads each had a core of their own. */
  readonly pinned: boolean;
  /** What was compared and what put it under load, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

const PACKAGES = ["@connectrpc/connect-node", "@bufbuild/protobuf", "@grpc/grpc-js", "ws"];
/** Programs that tell their version, how to ask them, and where in the answer it is. */
const PROGRAMS = [
  { name: "h2load", args: ["--version"], version: /nghttp2\/(\S+)/ },
  // It ends with status 1 whatever it is asked.
  { name: "wrk", args: ["--version"], version: /wrk (?:debian\/)?(\S+)/ },
  { name: "gRPC C++", program: "pkg-config", args: ["--modversion", "grpc++"], version: /(\S+)/ },
  {
    name: "grpc-go",
    program: "dpkg-query",
    args: ["--show", "golang-google-grpc-dev"],
    version: /\t(?:\d+:)?([\d.]+)/,
  },
] as const;

/** Tells what this machine is and what is installed on it. */
export async function readMachine(): Promise<Machine> {
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of PACKAGES) versions[name] = packageVersion(name);
  for (const { name, args, version, ...rest } of PROGRAMS) {
    const program = "program" in rest ? rest.program : name;
    const found = findProgram(program) && version.exec(await outputOf(program, args))?.[1];
    versions[name] = found || "not installed";
  }
  return {
    date: new Date().toISOString(),
    commit: (await outputOf("git", ["describe", "--always", "--dirty"])).trim(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    pinned: isPinned,
    versions,
  };
}

function packageVersion(name: string): string {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const place of places) {
    try {
      // What npm installs has a version.
      return (JSON.parse(readFileSync(`${place}/${name}/package.json`, "utf8")) as { version: string }).version;
    } catch {
      // Not in this folder.
    }
  }
  return "unknown";
}

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  return runProgram(program, args).catch((error: { readonly stdout?: string }) => error.stdout ?? "");
}
