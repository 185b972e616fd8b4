import { spawnSync } from "node:child_process";

/** Debian's own Python, which is the one that Debian's packages are for. */
export const python = "/usr/bin/python3";

/** Whether Python can make calls and stubs: Debian's python3-grpcio and python3-grpc-tools. */
export const hasPythonGrpc = spawnSync(python, ["-c", "import grpc, grpc_tools.protoc"]).status === 0;
