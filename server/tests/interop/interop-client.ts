import {
  create,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  Client,
  type ClientDuplexStream,
  type ClientOptions,
  type ClientReadableStream,
  credentials,
  Metadata,
  type ServiceError,
  type StatusObject,
} from "@grpc/grpc-js";

type Input<M extends DescMethod> = MessageInitShape<M["input"]>;
type Output<M extends DescMethod> = MessageShape<M["output"]>;

/** Everything that a client hears of a call. */
export interface Heard<T> {
  readonly messages: T[];
  readonly header: Metadata;
  readonly status: StatusObject;
}

/** What a call is made with. */
export interface CallTerms {
  readonly metadata?: Metadata;
  /** Milliseconds until the deadline. */
  readonly timeoutMs?: number;
}

/** Makes calls with `@grpc/grpc-js` and tells everything of them. Disposing of it closes its connection. */
export interface InteropClient extends Disposable {
  unary<M extends DescMethod>(method: M, request: Input<M>, terms?: CallTerms): Promise<Heard<Output<M>>>;
  upload<M extends DescMethod>(method: M, requests: readonly Input<M>[]): Promise<Heard<Output<M>>>;
  stream<M extends DescMethod>(method: M, request: Input<M>, terms?: CallTerms): ClientReadableStream<Output<M>>;
  duplex<M extends DescMethod>(method: M, terms?: CallTerms): ClientDuplexStream<Input<M>, Output<M>>;
}

/** Creates a client of a server in clear text. */
export function createInteropClient(port: number, options: ClientOptions = {}): InteropClient {
  // A proxy that the environment names is for the outside, not for a server under test.
  const settings = { "grpc.enable_http_proxy": 0, ...options };
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), settings);
  return {
    unary(method, request, { metadata = new Metadata(), timeoutMs } = {}) {
      return hear((answered) =>
        client.makeUnaryRequest(...wireOf(method), request, metadata, until(timeoutMs), answered),
      );
    },
    upload(method, requests) {
      return hear((answered) => {
        const call = client.makeClientStreamRequest(...wireOf(method), answered);
        for (const request of requests) call.write(request);
        call.end();
        return call;
      });
    },
    stream: (method, request, { metadata = new Metadata(), timeoutMs } = {}) =>
      client.makeServerStreamRequest(...wireOf(method), request, metadata, until(timeoutMs)),
    duplex: (method, { metadata = new Metadata(), timeoutMs } = {}) =>
      client.makeBidiStreamRequest(...wireOf(method), metadata, until(timeoutMs)),
    [Symbol.dispose]: () => client.close(),
  };
}

/** Reads a stream to its end, also when that is an error. */
export async function hearStream<T>(call: NodeJS.EventEmitter): Promise<Heard<T>> {
  const messages: T[] = [];
  let header = new Metadata();
  call.on("data", (message: T) => messages.push(message));
  call.on("metadata", (metadata: Metadata) => {
    header = metadata;
  });
  // What ends a stream with an error is its status, too.
  call.on("error", () => undefined);
  const status = await new Promise<StatusObject>((resolve) => call.on("status", resolve));
  return { messages, header, status };
}

type Answered<T> = (error: ServiceError | null, message?: T) => void;

async function hear<T>(call: (answered: Answered<T>) => NodeJS.EventEmitter): Promise<Heard<T>> {
  const messages: T[] = [];
  const done = Promise.withResolvers<void>();
  const emitter = call((_error, message) => {
    if (message !== undefined) messages.push(message);
    done.resolve();
  });
  const heard = await hearStream<T>(emitter);
  await done.promise;
  return { ...heard, messages };
}

function until(timeoutMs: number | undefined): { deadline?: number } {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

/** The path of a method, how its requests become bytes, and bytes its responses. */
function wireOf<M extends DescMethod>(
  method: M,
): [path: string, (request: Input<M>) => Buffer, (bytes: Buffer) => Output<M>] {
  return [
    `/${method.parent.typeName}/${method.name}`,
    (request) => Buffer.from(toBinary(method.input, create(method.input, request))),
    // The type of the schema, which the compiler does not follow through the method.
    (bytes) => fromBinary(method.output, bytes) as Output<M>,
  ];
}
