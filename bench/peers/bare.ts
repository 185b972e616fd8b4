// The rpc package behind the listener, with trivial services and nothing else; over TLS with `tls` as its argument, with what a call of the app asks of a tracing that is
// off with `untraced`, and with questions in the same places that always have the same answer with `unasked`.
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { createListener } from "@triptych/rpc/port/listener.ts";
import { createRpcHandler } from "@triptych/rpc/rpc-handler.ts";
import { currentSpan, runWithoutSpan } from "@triptych/server/domain/span.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { announce } from "./announce.ts";
import { trivialGreeter } from "./greeter.ts";
import { trivialOrders } from "./orders.ts";

const greeter = greeterFor(process.argv[2]);
const certificate = process.argv[2] === "tls" ? await createCertificate() : undefined;

const rpc = createRpcHandler({
  routes: [serviceRoute(GreeterService, greeter), serviceRoute(OrderService, trivialOrders)],
  interceptors: [],
  readMaxBytes: 4_194_304,
  shutdownSignal: new AbortController().signal,
  onError: (error) => console.error(error),
});
const listener = createListener({
  certificate,
  onRequest(request, response) {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    if (rpc.handleRequest(request, response)) return;
    response.statusCode = 404;
    response.end();
  },
  onStream: (stream, head, endStream) => rpc.handleStream(stream, head, endStream),
  onUpgrade(request, socket, head) {
    if (!rpc.handleUpgrade(request, socket, head)) socket.destroy();
  },
});
announce(await listener.listen(0, "127.0.0.1"), certificate === undefined ? "http" : "https");

function greeterFor(kind: string | undefined): typeof trivialGreeter {
  if (kind === "untraced") return askForSpans(trivialGreeter, currentSpan, runWithoutSpan);
  if (kind === "unasked") return askForSpans(trivialGreeter, nothing, run);
  return trivialGreeter;
}

/** The greeter with the questions of a call of the app that writes: which span its write and its event belong to, and that the queue belongs to none. */
function askForSpans(
  of: typeof trivialGreeter,
  current: () => unknown,
  runWithout: <T>(run: () => T) => T,
): typeof trivialGreeter {
  return {
    ...of,
    sayHello(request, context) {
      if (current() !== undefined || current() !== undefined) throw new Error("nothing is traced here");
      return runWithout(() => of.sayHello(request, context));
    },
  };
}

function nothing(): undefined {}

function run<T>(act: () => T): T {
  return act();
}
