// The rpc room behind the listener, with one trivial service and nothing else.
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { createRpcHandler } from "@triptych/rpc/create-rpc-handler.ts";
import { createListener } from "../../server/src/listener/create-listener.ts";
import { announce } from "./announce.ts";
import { trivialGreeter } from "./greeter.ts";

const rpc = createRpcHandler({
  routes: [serviceRoute(GreeterService, trivialGreeter)],
  interceptors: [],
  readMaxBytes: 4_194_304,
  shutdownSignal: new AbortController().signal,
  onError: (error) => console.error(error),
});
const listener = createListener({
  certificate: undefined,
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
announce(await listener.listen(0, "127.0.0.1"));
