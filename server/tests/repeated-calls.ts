import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client, credentials, status } from "@grpc/grpc-js";
import { python } from "@triptych/testkit/processes/python.ts";

/** What a client calls, again and again. */
export interface RepeatedCall {
  /** What gRPC calls a target, such as `ipv4:127.0.0.1:443,127.0.0.2:443`. */
  readonly target: string;
  /** The path of a unary method that is called with an empty message. */
  readonly path: string;
  /** The certificate of `localhost` in PEM, and the file that it is in. */
  readonly certificate: { readonly cert: string; readonly file: string };
  /** A service config of gRPC, as JSON. */
  readonly serviceConfig: string;
}

/** A client that makes one call after the other. */
export interface RepeatedCalls {
  /** The names of the status codes of the calls so far. */
  readonly codes: readonly string[];
  /** Ends after the call that is under way. */
  stop(): Promise<void>;
}

/** Calls with `@grpc/grpc-js`. */
export function callWithGrpcJs({ target, path, certificate, serviceConfig }: RepeatedCall): RepeatedCalls {
  const client = new Client(target, credentials.createSsl(Buffer.from(certificate.cert)), {
    "grpc.service_config": serviceConfig,
    "grpc.ssl_target_name_override": "localhost",
    "grpc.enable_http_proxy": 0,
  });
  const codes: string[] = [];
  const bytes = (message: Buffer) => message;
  const call = () =>
    new Promise<string>((resolve) => {
      const deadline = Date.now() + 20_000;
      client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), { deadline }, (error) =>
        resolve(status[error?.code ?? status.OK]),
      );
    });
  const stopped = new AbortController();
  const ended = (async () => {
    while (!stopped.signal.aborted) codes.push(await call());
  })();
  return {
    codes,
    async stop() {
      stopped.abort();
      await ended;
      client.close();
    },
  };
}

/** Calls with grpcio, the gRPC of Python, in a process of its own. */
export function callWithGrpcio({ target, path, certificate, serviceConfig }: RepeatedCall): RepeatedCalls {
  const script = fileURLToPath(new URL("python/repeated_calls_client.py", import.meta.url));
  const client = spawn(python, [script, target, path, "", certificate.file, serviceConfig], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(client, "exit");
  const codes: string[] = [];
  createInterface({ input: client.stdout }).on("line", (code) => codes.push(code));
  return {
    codes,
    async stop() {
      client.stdin.end();
      await ended;
    },
  };
}
