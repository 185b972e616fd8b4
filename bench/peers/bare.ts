// The rpc package behind the listener, with trivial services and nothing else; over TLS with `tls` as its argument.
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { createListener } from "@triptych/rpc/port/listener.ts";
import { createRpcHandler } from "@triptych/rpc/rpc-handler.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { announce } from "./announce.ts";
import { trivialGreeter } from "./greeter.ts";
import { trivialOrders } from "./orders.ts";

const certificate = process.argv[2] === "tls" ? await createCertificate() : undefined;

const rpc = createRpcHandler({
  routes: [serviceRoute(GreeterService, trivialGreeter), serviceRoute(OrderService, trivialOrders)],
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
