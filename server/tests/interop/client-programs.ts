import { spawnSync } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { file_grpc_testing_test } from "@triptych/proto/grpc/testing/test_pb.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";

/** A program that makes the cases with a client of the gRPC project. */
export interface ClientProgram {
  readonly client: string;
  /** The Debian packages that it needs. */
  readonly packages: string;
  readonly isInstalled: boolean;
  /** Makes it ready in a folder of its own; resolves with what starts it, for a server and the certificate of one over TLS. */
  prepare(folder: string): Promise<StartProgram>;
}

/** The command that starts a program, and its arguments. */
export type StartProgram = (address: string, rootPem: string | undefined) => readonly [string, ...string[]];

const GO_PATH = "/usr/share/gocode";
/** Debian's own, which its packages are for. */
const RUBY = "/usr/bin/ruby";
const PYTHON = "/usr/bin/python3";

const succeeds = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const python: ClientProgram = {
  client: "Python's grpcio",
  packages: "python3-grpcio and python3-grpc-tools",
  isInstalled: hasPythonGrpc,
  async prepare() {
    const protos = pathOf("../../../proto/testing");
    return (address, rootPem) => [
      PYTHON,
      pathOf("../python/interop_client.py"),
      address,
      protos,
      ...(rootPem === undefined ? [] : ["--roots", rootPem]),
    ];
  },
};

const ruby: ClientProgram = {
  client: "Ruby's grpc",
  packages: "ruby-grpc",
  isInstalled: succeeds(RUBY, "-e", 'require "grpc"'),
  async prepare(folder) {
    const schema = join(folder, "test.binpb");
    await writeFile(schema, toBinary(FileDescriptorProtoSchema, file_grpc_testing_test.proto));
    return (address, rootPem) => [
      RUBY,
      pathOf("../ruby/interop_client.rb"),
      address,
      schema,
      ...(rootPem === undefined ? [] : [rootPem]),
    ];
  },
};

const go: ClientProgram = {
  client: "grpc-go",
  packages: "golang-go and golang-google-grpc-dev",
  isInstalled: succeeds("go", "version") && (await exists(`${GO_PATH}/src/google.golang.org/grpc`)),
  async prepare(folder) {
    const binary = join(folder, "interop_client");
    // Less has to be compiled where there is a C compiler, too.
    const CGO_ENABLED = succeeds("gcc", "--version") ? "1" : "0";
    // Debian's sources stand in a workspace of the old kind. What is compiled is kept in the cache of the user.
    const env = { ...process.env, GO111MODULE: "off", GOPATH: GO_PATH, GOFLAGS: "", CGO_ENABLED };
    const args = ["build", "-o", binary, pathOf("../go/interop_client.go")];
    const { status, stderr } = await runCommand("go", args, { env });
    if (status !== 0) throw new Error(`go must compile: got ${status}: ${stderr}`);
    return (address, rootPem) => [binary, address, ...(rootPem === undefined ? [] : [rootPem])];
  },
};

/** All of them. */
export const clientPrograms: readonly ClientProgram[] = [python, ruby, go];

/** Makes a folder; disposing of it removes it. */
export async function makeFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "triptych-interop-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
