import { Server, ServerCredentials, type ServerDuplexStream } from "@grpc/grpc-js";

/** A call as grpc-js serves it: messages are bytes. */
export type BytesCall = ServerDuplexStream<Buffer, Buffer>;

/** A server of another implementation, with one method, `other.Bytes/Talk`. */
export interface GrpcJsServer {
  readonly port: number;
  close(): void;
}

/** Starts a server of grpc-js on the loopback that gives each call of `other.Bytes/Talk` to a function. */
export async function startGrpcJsServer(serve: (call: BytesCall) => void): Promise<GrpcJsServer> {
  const server = new Server();
  const same = (bytes: Buffer) => bytes;
  const talk = {
    path: "/other.Bytes/Talk",
    ...{ requestStream: true, responseStream: true },
    ...{ requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same },
  };
  server.addService({ talk }, { talk: serve });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}
